using Support.Conversations;
using Support.Questions;
using Support.Tickets;
using Xunit;

namespace Support.Tests.Tickets;

/// <summary>Nobody there yet, another group, too many at once, a forum, a customer who wants to be forgotten.</summary>
public sealed class CardsWaitingTests
{
    [Fact]
    public async Task With_nobody_reachable_no_person_is_promised_and_the_card_waits()
    {
        var desk = await TicketDesk.CreateAsync();
        var withGroup = desk.Bot;
        desk.Bot = desk.Bot with { AdminsChat = null, Staff = new Dictionary<long, Support.Tenants.StaffMember>() };
        await desk.AddCustomerMessageAsync(41, null, medium: true);
        await desk.AddCustomerMessageAsync(42, "Алло?");

        var first = await desk.OpenAsync(desk.Anna, new NewTicket(Reasons.UnsupportedMedia, "", null, [], null, [41]));
        var second = await desk.OpenOfSomebodyAsync(2001, "Where is it?");
        await desk.InAsync(async tx =>
        {
            await new PassToAdmins().InsideAsync(tx, desk.Bot, desk.Now, first.Id, desk.Anna, [new CustomerMessage(42, "Алло?", false, false)], CancellationToken.None);
            return 0;
        });

        Assert.False(first.SomebodyIsReachable);
        Assert.Equal([Phrases.Html("ru", "handed.over.nobody")], await desk.TextsAsync(TicketDesk.Customer));
        Assert.Equal(0, await ShowAsync(desk));

        desk.Bot = withGroup;
        Assert.Equal(2, await ShowAsync(desk));
        Assert.Equal(0, await ShowAsync(desk));

        var waiting = await desk.WaitingAsync(TicketDesk.Group);
        Assert.Equal([Purposes.Card, Purposes.ToAdmins, Purposes.ToAdmins, Purposes.Card], waiting.Select(m => m.Purpose));
        Assert.Equal([first.Id, first.Id, first.Id, second.Id], waiting.Select(m => m.Ticket!.Value));
        Assert.Equal(new Outgoing.CopyMessage(TicketDesk.Customer, 41), waiting[1].Body);
        Assert.EndsWith("Алло?", TicketDesk.TextOf(waiting[2].Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_the_bot_was_thrown_out_of_is_nobody()
    {
        var desk = await TicketDesk.CreateAsync();
        await desk.AddGroupAsync(forum: false);
        await desk.ExecuteAsync("update chat set gone_since = now() where id = @chat", new { chat = TicketDesk.Group });

        Assert.False((await desk.OpenAsync()).SomebodyIsReachable);
        Assert.Empty(await desk.WaitingAsync(TicketDesk.Group));
    }

    [Fact]
    public async Task A_new_group_gets_the_cards_that_are_still_open()
    {
        var desk = await TicketDesk.CreateAsync();
        var open = await desk.OpenAsync();
        var closed = await desk.OpenOfSomebodyAsync(2001, "Closed soon");
        await desk.DeliverAllAsync();
        await desk.PressAsync(TicketDesk.Boris, $"t:{closed.Id}:close");
        var waiting = await desk.OpenOfSomebodyAsync(2002, "Not sent yet");

        desk.Bot = desk.Bot with { AdminsChat = -900 };
        Assert.Equal(2, await ShowAsync(desk));

        Assert.Equal([open.Id, waiting.Id], (await desk.WaitingAsync(-900)).Select(m => m.Ticket!.Value));
        Assert.DoesNotContain(await desk.WaitingAsync(TicketDesk.Group), m => m.Purpose == Purposes.Card);
        await desk.DeliverAllAsync();
        Assert.Equal(-900, (await desk.TicketAsync(waiting.Id)).CardChatId);
    }

    [Fact]
    public async Task Cards_that_pile_up_become_one_list_and_a_press_brings_the_card()
    {
        var desk = await TicketDesk.CreateAsync();
        var opened = new List<OpenedTicket>();
        for (var person = 2000; person < 2005; person++)
            opened.Add(await desk.OpenOfSomebodyAsync(person, $"Question <{person}> " + new string('x', 300)));

        Assert.Equal(5, await GatherAsync(desk));
        opened.AddRange([await desk.OpenOfSomebodyAsync(2100, "Late 1"), await desk.OpenOfSomebodyAsync(2101, "Late 2")]);
        Assert.Equal(0, await GatherAsync(desk));
        opened.Add(await desk.OpenOfSomebodyAsync(2102, "Late 3"));
        Assert.Equal(3, await GatherAsync(desk));

        var digest = Assert.Single(await desk.WaitingAsync(TicketDesk.Group));
        Assert.Equal(Purposes.Digest, digest.Purpose);
        var body = Assert.IsType<Outgoing.SendText>(digest.Body);
        Assert.InRange(body.Html.Length, 1, 4096);
        Assert.Contains("Question &lt;2003&gt;", body.Html, StringComparison.Ordinal);
        Assert.Equal(opened.Select(o => $"t:{o.Id}:show"), body.Keyboard!.Rows.SelectMany(r => r).Select(b => b.Data));
        await desk.DeliverAllAsync();

        await desk.PressAsync(TicketDesk.Boris, $"t:{opened[3].Id}:show");
        Assert.Equal(Phrases.Plain("en", "ticket.coming", opened[3].Number), await desk.PressAsync(TicketDesk.Vera, $"t:{opened[3].Id}:show"));

        var card = Assert.Single(await desk.WaitingAsync(TicketDesk.Group));
        Assert.True(card.Purpose == Purposes.Card && card.Ticket == opened[3].Id);
        await desk.DeliverAllAsync();
        Assert.NotNull((await desk.TicketAsync(opened[3].Id)).CardMessageId);
    }

    [Fact]
    public async Task Very_many_cards_become_several_lists()
    {
        var desk = await TicketDesk.CreateAsync();
        for (var person = 2000; person < 2040; person++)
            await desk.OpenOfSomebodyAsync(person, new string('&', 300));

        Assert.Equal(40, await GatherAsync(desk));

        var lists = (await desk.WaitingAsync(TicketDesk.Group)).Select(m => (Outgoing.SendText)m.Body).ToList();
        Assert.All(lists, l => Assert.InRange(l.Html.Length, 1, 4096));
        Assert.Equal(40, lists.Sum(l => l.Keyboard!.Rows.Sum(r => r.Count)));
    }

    [Fact]
    public async Task A_copy_shown_elsewhere_leaves_the_card_where_it_stands()
    {
        var desk = await TicketDesk.CreateAsync();
        var opened = await desk.OpenAsync();
        await desk.DeliverAllAsync();

        await desk.PressAsync(TicketDesk.Owner, $"t:{opened.Id}:show", chat: TicketDesk.Owner);
        Assert.Single(await desk.WaitingAsync(TicketDesk.Owner));
        await desk.DeliverAllAsync();

        Assert.Equal(TicketDesk.Group, (await desk.TicketAsync(opened.Id)).CardChatId);
        await desk.WriteAsync(TicketDesk.Owner, "Ответ", TicketDesk.ByBot(desk.LastMessage), chat: TicketDesk.Owner);
        Assert.Equal(["Ответ"], await desk.TextsAsync(TicketDesk.Customer));
    }

    [Fact]
    public async Task In_a_forum_a_ticket_has_a_topic_of_its_own()
    {
        var desk = await TicketDesk.CreateAsync();
        await desk.AddGroupAsync(forum: true);

        var opened = await desk.OpenAsync("Как\nвернуть товар? " + new string('я', 200));
        await desk.InAsync(async tx =>
        {
            await new PassToAdmins().InsideAsync(tx, desk.Bot, desk.Now, opened.Id, desk.Anna, [new CustomerMessage(42, "Алло?", false, false)], CancellationToken.None);
            return 0;
        });

        var waiting = await desk.WaitingAsync(TicketDesk.Group);
        Assert.Equal([Purposes.Topic, Purposes.Card, Purposes.ToAdmins], waiting.Select(m => m.Purpose));
        var name = Assert.IsType<Outgoing.CreateTopic>(waiting[0].Body).Name;
        Assert.StartsWith("№ 1 Анна: Как вернуть товар?", name, StringComparison.Ordinal);
        Assert.InRange(name.Length, 1, 128);
        Assert.True(waiting[1].InTopic && waiting[2].InTopic);
        await desk.DeliverAllAsync();
        var topic = (await desk.TicketAsync(opened.Id)).TopicId!.Value;

        await desk.WriteAsync(TicketDesk.Boris, "Вот так", TicketDesk.ByBot(topic), thread: topic);
        await desk.WriteAsync(TicketDesk.Boris, "и так", thread: topic);
        await desk.WriteAsync(TicketDesk.Vera, "уверен?", new RepliedTo(desk.LastMessage, TicketDesk.Boris, FromIsBot: false), thread: topic);
        Assert.Equal(["Вот так", "и так"], await desk.TextsAsync(TicketDesk.Customer));

        await desk.WriteAsync(TicketDesk.Boris, "/close", thread: topic);
        Assert.Equal(new Outgoing.CloseTopic(topic), (await desk.WaitingAsync(TicketDesk.Group))[^1].Body);
        await desk.DeliverAllAsync();

        await desk.WriteAsync(TicketDesk.Boris, "чуть не забыл", thread: topic);
        Assert.Contains(await desk.WaitingAsync(TicketDesk.Group), m => m.Body is Outgoing.ReopenTopic reopen && reopen.Thread == topic);
        Assert.Equal(["чуть не забыл"], await desk.TextsAsync(TicketDesk.Customer));
    }

    [Fact]
    public async Task Gathering_in_a_forum_makes_no_empty_topics()
    {
        var desk = await TicketDesk.CreateAsync();
        await desk.AddGroupAsync(forum: true);
        var opened = await desk.OpenAsync();
        for (var person = 2000; person < 2003; person++)
            await desk.OpenOfSomebodyAsync(person, "Where?");

        await GatherAsync(desk);

        Assert.Equal([Purposes.Digest], (await desk.WaitingAsync(TicketDesk.Group)).Select(m => m.Purpose));
        await desk.DeliverAllAsync();
        await desk.PressAsync(TicketDesk.Boris, $"t:{opened.Id}:show");
        Assert.Equal([Purposes.Topic, Purposes.Card], (await desk.WaitingAsync(TicketDesk.Group)).Select(m => m.Purpose));
    }

    [Fact]
    public async Task A_customer_who_is_forgotten_leaves_no_words_on_cards_and_no_open_ticket()
    {
        var desk = await TicketDesk.CreateAsync();
        var old = await desk.OpenAsync();
        await desk.DeliverAllAsync();
        await desk.PressAsync(TicketDesk.Boris, $"t:{old.Id}:close");
        var open = await desk.OpenAsync("Второй вопрос");
        await desk.DeliverAllAsync();
        await desk.WriteAsync(TicketDesk.Boris, "Ответ", TicketDesk.ByBot((await desk.TicketAsync(open.Id)).CardMessageId!.Value));

        await desk.InAsync(async tx =>
        {
            await new CloseForForget().InsideAsync(new UpdateScope(tx, desk.Bot, desk.Now), desk.Anna.Id, CancellationToken.None);
            return 0;
        });

        Assert.True(await desk.TicketAsync(open.Id) is { State: "closed", OfConversation: null });
        Assert.Equal(
            [Phrases.Html("ru", "forgotten.card", 1), Phrases.Html("ru", "forgotten.card", 2), Phrases.Html("ru", "forgotten.ticket", 2)],
            await desk.TextsAsync(TicketDesk.Group));
        Assert.Empty(await desk.WaitingAsync(TicketDesk.Customer));
        Assert.All(await desk.WaitingAsync(TicketDesk.Group), m => Assert.Null(m.Conversation));
    }

    [Fact]
    public async Task A_customer_who_is_forgotten_goes_from_the_lists_too()
    {
        var desk = await TicketDesk.CreateAsync();
        var annas = await desk.OpenAsync("Слова Анны");
        for (var person = 2000; person < 2002; person++)
            await desk.OpenOfSomebodyAsync(person, $"Words of {person}");
        await GatherAsync(desk);
        await desk.DeliverAllAsync();
        await desk.WriteAsync(TicketDesk.Boris, "/tickets");

        await desk.InAsync(async tx =>
        {
            await new CloseForForget().InsideAsync(new UpdateScope(tx, desk.Bot, desk.Now), desk.Anna.Id, CancellationToken.None);
            return 0;
        });

        var waiting = await desk.WaitingAsync(TicketDesk.Group);
        Assert.Equal([Purposes.Digest, Purposes.Notice, Purposes.Edit], waiting.Select(m => m.Purpose));
        Assert.All([waiting[0], waiting[2]], m => Assert.Contains("Words of 2001", TicketDesk.TextOf(m.Body), StringComparison.Ordinal));
        Assert.Equal(0, await desk.InAsync(tx => tx.FirstAsync<int>(
            "select count(*)::int from outbox where body::text like '%Анны%' or body::text like @button", new { button = $"%t:{annas.Id}:%" }, CancellationToken.None)));
    }

    private static Task<int> ShowAsync(TicketDesk desk) =>
        desk.InAsync(tx => new ShowWaiting().InsideAsync(tx, desk.Bot, desk.Now, CancellationToken.None));

    private static Task<int> GatherAsync(TicketDesk desk) =>
        desk.InAsync(tx => new GatherCards().InsideAsync(tx, desk.Bot, desk.Now, TicketDesk.Group, CancellationToken.None));
}
