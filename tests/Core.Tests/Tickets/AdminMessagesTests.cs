using Support.Conversations;
using Support.Questions;
using Support.Tickets;
using Xunit;

namespace Support.Tests.Tickets;

public sealed class AdminMessagesTests
{
    [Fact]
    public async Task A_reply_to_the_card_reaches_the_customer_and_takes_the_ticket()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await OpenAndDeliverAsync(desk);

        Assert.True(await desk.WriteAsync(TicketDesk.Boris, "Две недели <b>максимум</b> & точка", TicketDesk.ByBot(ticket.CardMessageId!.Value)));

        var sent = Assert.Single(await desk.WaitingAsync(TicketDesk.Customer));
        Assert.Equal(Purposes.FromAdmin, sent.Purpose);
        Assert.Equal(new Outgoing.SendText("Две недели &lt;b&gt;максимум&lt;/b&gt; &amp; точка"), sent.Body);
        var state = await desk.TicketAsync(sent.Ticket!.Value);
        Assert.True(state is { State: "taken", TakenBy: TicketDesk.Boris, FirstReplyAt: not null });
        Assert.Equal(["opened", "replied"], await desk.EventsAsync(sent.Ticket.Value));
        Assert.Contains("Boris", Assert.Single(await desk.TextsAsync(TicketDesk.Group)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_copied_and_a_second_reply_leaves_the_taker()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await OpenAndDeliverAsync(desk);
        await desk.WriteAsync(TicketDesk.Boris, "Сейчас", TicketDesk.ByBot(ticket.CardMessageId!.Value));

        await desk.WriteAsync(TicketDesk.Vera, "смотрите", TicketDesk.ByBot(ticket.CardMessageId.Value), with: m => m with { Medium = new Medium(MediumKind.Photo, "f", null, null, null) });

        var copy = (await desk.WaitingAsync(TicketDesk.Customer))[1];
        Assert.Equal(new Outgoing.CopyMessage(TicketDesk.Group, desk.LastMessage), copy.Body);
        Assert.Equal(TicketDesk.Boris, (await desk.TicketAsync(copy.Ticket!.Value)).TakenBy);
    }

    [Fact]
    public async Task A_reply_to_relayed_words_reaches_the_customer_too()
    {
        var desk = await TicketDesk.CreateAsync();
        var opened = await desk.OpenAsync();
        await PassAsync(desk, opened.Id, new CustomerMessage(42, "И ещё вопрос", false, false));
        await desk.DeliverAllAsync();
        var relayed = await desk.InAsync(tx => tx.FirstAsync<long>("select message_id from message where purpose = 'to-admins'", null, CancellationToken.None));

        await desk.WriteAsync(TicketDesk.Boris, "Ответ", TicketDesk.ByBot(relayed));

        Assert.Equal(["Ответ"], await desk.TextsAsync(TicketDesk.Customer));
    }

    [Fact]
    public async Task While_a_ticket_is_open_the_customers_words_go_to_the_card_in_order()
    {
        var desk = await TicketDesk.CreateAsync();
        var opened = await desk.OpenAsync();
        await desk.DeliverAllAsync();
        foreach (var (id, text, medium) in new[] { (42L, "раз", false), (43, "два", false), (44, null, true), (45, "три", false) })
            await desk.AddCustomerMessageAsync(id, text, medium);

        await PassAsync(desk, opened.Id, new(42, "раз", false, false), new(43, "два & <три>", false, false), new(44, null, true, false), new(45, "три", false, false), new(42, "раз!", false, true));

        var card = (await desk.TicketAsync(opened.Id)).CardMessageId;
        Assert.Equal(
            [
                new Outgoing.SendText(Phrases.Html("ru", "relay", 1, "Анна") + "\nраз\nдва &amp; &lt;три&gt;", ReplyTo: card),
                new Outgoing.CopyMessage(TicketDesk.Customer, 44, card),
                new Outgoing.SendText(Phrases.Html("ru", "relay", 1, "Анна") + "\nтри", ReplyTo: card),
                new Outgoing.SendText(Phrases.Html("ru", "relay.edited", 1, "Анна") + "\nраз!", ReplyTo: card),
            ],
            (await desk.WaitingAsync(TicketDesk.Group)).Select(m => m.Body));
        Assert.Equal(4, await desk.InAsync(tx => tx.FirstAsync<int>("select count(*)::int from message where ticket_id = @id and direction = 0", new { id = opened.Id }, CancellationToken.None)));
        Assert.Empty(await desk.WaitingAsync(TicketDesk.Customer));
    }

    [Fact]
    public async Task A_long_text_is_passed_on_whole()
    {
        var desk = await TicketDesk.CreateAsync();
        var opened = await desk.OpenAsync();
        await desk.DeliverAllAsync();
        var text = string.Join(' ', Enumerable.Range(0, 900).Select(i => $"w{i:0000}"));

        await PassAsync(desk, opened.Id, new CustomerMessage(42, text, false, false));

        var parts = await desk.TextsAsync(TicketDesk.Group);
        Assert.All(parts, p => Assert.InRange(p.Length, 1, 4096));
        Assert.Equal(900, string.Join(' ', parts).Split(' ', '\n').Count(w => w.StartsWith('w')));
    }

    [Fact]
    public async Task Words_that_cross_with_a_close_reopen_the_ticket()
    {
        var desk = await TicketDesk.CreateAsync();
        var opened = await desk.OpenAsync();
        await desk.DeliverAllAsync();
        await desk.PressAsync(TicketDesk.Boris, $"t:{opened.Id}:close");

        await PassAsync(desk, opened.Id, new CustomerMessage(42, "подождите", false, false));

        Assert.True(await desk.TicketAsync(opened.Id) is { State: "open", OfConversation: not null });
        Assert.Contains(await desk.TextsAsync(TicketDesk.Group), t => t.EndsWith("подождите", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reply_to_a_closed_ticket_reopens_it()
    {
        var desk = await TicketDesk.CreateAsync();
        var opened = await desk.OpenAsync();
        await desk.DeliverAllAsync();
        await desk.PressAsync(TicketDesk.Boris, $"t:{opened.Id}:close");
        await desk.DeliverAllAsync();

        await desk.WriteAsync(TicketDesk.Vera, "Ещё одно", TicketDesk.ByBot((await desk.TicketAsync(opened.Id)).CardMessageId!.Value));

        Assert.Equal(["Ещё одно"], await desk.TextsAsync(TicketDesk.Customer));
        var state = await desk.TicketAsync(opened.Id);
        Assert.True(state is { State: "taken", TakenBy: TicketDesk.Vera } && state.OfConversation == opened.Id);
        Assert.Equal(["opened", "closed", "reopened", "replied"], await desk.EventsAsync(opened.Id));
    }

    [Fact]
    public async Task A_reply_to_a_closed_ticket_goes_into_the_one_that_is_open()
    {
        var desk = await TicketDesk.CreateAsync();
        var first = await desk.OpenAsync();
        await desk.DeliverAllAsync();
        await desk.PressAsync(TicketDesk.Boris, $"t:{first.Id}:close");
        var second = await desk.OpenAsync("Другой вопрос");
        await desk.DeliverAllAsync();

        await desk.WriteAsync(TicketDesk.Vera, "Ответ", TicketDesk.ByBot((await desk.TicketAsync(first.Id)).CardMessageId!.Value));

        Assert.Equal(second.Id, Assert.Single(await desk.WaitingAsync(TicketDesk.Customer)).Ticket);
        Assert.Equal("closed", (await desk.TicketAsync(first.Id)).State);
        Assert.Equal("taken", (await desk.TicketAsync(second.Id)).State);
    }

    [Fact]
    public async Task In_a_group_the_reply_answers_the_customers_message()
    {
        var desk = await TicketDesk.CreateAsync();
        var inGroup = await desk.AddConversationAsync(desk.Bot, -300, TicketDesk.Customer, "Анна", "ru");
        await desk.ExecuteAsync(
            "insert into message (tenant_id, bot_id, chat_id, message_id, conversation_id, direction, sent_at) values (@tenant, @bot, -300, 12, @id, 0, now())",
            new { tenant = desk.Bot.Tenant.Value, bot = desk.Bot.Id.Value, id = inGroup.Id });
        var opened = await desk.OpenAsync(inGroup with { ReplyToMessage = 12 }, new NewTicket(Reasons.NothingFound, "Где?", null, [], null, []));
        await desk.DeliverAllAsync();

        await desk.WriteAsync(TicketDesk.Boris, "Здесь", TicketDesk.ByBot((await desk.TicketAsync(opened.Id)).CardMessageId!.Value));

        Assert.Equal(new Outgoing.SendText("Здесь", ReplyTo: 12), Assert.Single(await desk.WaitingAsync(-300)).Body);
    }

    [Fact]
    public async Task What_belongs_to_no_ticket_is_said_to_have_gone_nowhere_once_a_minute()
    {
        var desk = await TicketDesk.CreateAsync();
        var nowhere = Phrases.Html("en", "nowhere");

        Assert.True(await desk.WriteAsync(TicketDesk.Boris, "Hello?"));
        await desk.WriteAsync(TicketDesk.Boris, "Anybody?");
        Assert.Equal([nowhere], await desk.TextsAsync(TicketDesk.Group));

        await desk.WriteAsync(TicketDesk.Boris, "@acme_bot hello", with: m => m with { MentionsBot = true });
        await desk.WriteAsync(TicketDesk.Boris, "hello", TicketDesk.ByBot(7));
        Assert.Equal([nowhere, nowhere, nowhere], await desk.TextsAsync(TicketDesk.Group));

        desk.Now += TimeSpan.FromMinutes(1);
        await desk.WriteAsync(TicketDesk.Boris, "And now?");
        Assert.Equal(4, (await desk.WaitingAsync(TicketDesk.Group)).Count);
        Assert.Equal(desk.LastMessage, Assert.IsType<Outgoing.SendText>((await desk.WaitingAsync(TicketDesk.Group))[3].Body).ReplyTo);
    }

    [Fact]
    public async Task Chatter_bots_and_service_messages_are_left_alone()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await OpenAndDeliverAsync(desk);
        await desk.WriteAsync(TicketDesk.Boris, "Ответ", TicketDesk.ByBot(ticket.CardMessageId!.Value));
        var answer = desk.LastMessage;
        await desk.DeliverAllAsync();

        Assert.True(await desk.WriteAsync(TicketDesk.Vera, "good one", new RepliedTo(answer, TicketDesk.Boris, FromIsBot: false)));
        Assert.True(await desk.WriteAsync(99, "beep", with: m => m with { From = m.From with { IsBot = true } }));
        Assert.True(await desk.WriteAsync(TicketDesk.Vera, null, with: m => m with { IsService = true }));

        Assert.True(await desk.WriteAsync(TicketDesk.Vera, "/roll@dice_bot", with: m => m with { Command = null }));
        Assert.Empty(await desk.WaitingAsync(TicketDesk.Group));
        Assert.Empty(await desk.WaitingAsync(TicketDesk.Customer));

        await desk.WriteAsync(TicketDesk.Boris, "and one more thing", new RepliedTo(answer, TicketDesk.Boris, FromIsBot: false));
        Assert.Equal(["and one more thing"], await desk.TextsAsync(TicketDesk.Customer));
    }

    [Fact]
    public async Task A_customers_reply_in_their_own_chat_is_not_an_admins()
    {
        var desk = await TicketDesk.CreateAsync();
        desk.Bot = desk.Bot with { AdminsChat = null };
        var own = await desk.AddConversationAsync(desk.Bot, TicketDesk.Owner, TicketDesk.Owner, "Olga", "en");
        await desk.OpenAsync(own, new NewTicket(Reasons.NothingFound, "Does it work?", null, [], null, []));
        await desk.DeliverAllAsync();
        var notice = await desk.InAsync(tx => tx.FirstAsync<long>("select message_id from message where purpose = 'notice'", null, CancellationToken.None));
        var card = await desk.InAsync(tx => tx.FirstAsync<long>("select message_id from message where purpose = 'card'", null, CancellationToken.None));

        Assert.False(await desk.WriteAsync(TicketDesk.Customer, "thanks", TicketDesk.ByBot(card), chat: TicketDesk.Customer));
        Assert.False(await desk.WriteAsync(TicketDesk.Owner, "thanks", TicketDesk.ByBot(notice), chat: TicketDesk.Owner));
        Assert.False(await desk.WriteAsync(TicketDesk.Owner, "another question", chat: TicketDesk.Owner));
        Assert.True(await desk.WriteAsync(TicketDesk.Owner, "It does", TicketDesk.ByBot(card), chat: TicketDesk.Owner));
        Assert.Contains("It does", await desk.TextsAsync(TicketDesk.Owner));
    }

    [Fact]
    public async Task Without_a_group_what_the_owner_writes_past_the_cards_is_said_to_have_gone_nowhere()
    {
        var desk = await TicketDesk.CreateAsync();
        desk.Bot = desk.Bot with { AdminsChat = null };
        var own = await desk.AddConversationAsync(desk.Bot, TicketDesk.Owner, TicketDesk.Owner, "Olga", "en");
        var (help, answer) = (await AddBotMessageAsync(desk, own.Id, 901, "notice"), await AddBotMessageAsync(desk, own.Id, 902, "answer"));
        var (nowhere, hint) = (Phrases.Html("en", "nowhere"), Phrases.Html("en", "nowhere.card"));

        Assert.False(await desk.WriteAsync(TicketDesk.Owner, "How do I return a lamp?", chat: TicketDesk.Owner));
        Assert.False(await desk.WriteAsync(TicketDesk.Owner, "And without the receipt?", TicketDesk.ByBot(answer), chat: TicketDesk.Owner));
        Assert.True(await desk.WriteAsync(TicketDesk.Owner, "Two weeks", TicketDesk.ByBot(help), chat: TicketDesk.Owner));
        Assert.Equal([nowhere], await desk.TextsAsync(TicketDesk.Owner));

        var opened = await desk.OpenAsync();
        await desk.DeliverAllAsync();
        Assert.True(await desk.WriteAsync(TicketDesk.Owner, "Two weeks", chat: TicketDesk.Owner));
        Assert.True(await desk.WriteAsync(TicketDesk.Owner, "Two weeks", TicketDesk.ByBot(answer), chat: TicketDesk.Owner));
        Assert.Equal([hint, nowhere], await desk.TextsAsync(TicketDesk.Owner));
        Assert.False(await desk.WriteAsync(TicketDesk.Owner, null, chat: TicketDesk.Owner, with: m => m with { Medium = new Medium(MediumKind.Document, "f", "guide.md", null, null) }));
        Assert.Empty(await desk.WaitingAsync(TicketDesk.Customer));

        await desk.PressAsync(TicketDesk.Owner, $"t:{opened.Id}:close", chat: TicketDesk.Owner);
        Assert.False(await desk.WriteAsync(TicketDesk.Owner, "How do I return a lamp?", chat: TicketDesk.Owner));
    }

    private static async Task<long> AddBotMessageAsync(TicketDesk desk, long conversation, long message, string purpose)
    {
        await desk.ExecuteAsync(
            "insert into message (tenant_id, bot_id, chat_id, message_id, conversation_id, direction, purpose, sent_at) values (@tenant, @bot, @owner, @message, @conversation, 1, @purpose, now())",
            new { tenant = desk.Bot.Tenant.Value, bot = desk.Bot.Id.Value, owner = TicketDesk.Owner, message, conversation, purpose });
        return message;
    }

    [Fact]
    public async Task Who_answers_a_customer_that_is_gone_is_told()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await OpenAndDeliverAsync(desk);
        await desk.ExecuteAsync(
            "insert into chat (tenant_id, bot_id, id, kind, gone_since) values (@tenant, @bot, @chat, 0, now())", new { tenant = desk.Bot.Tenant.Value, bot = desk.Bot.Id.Value, chat = TicketDesk.Customer });

        await desk.WriteAsync(TicketDesk.Boris, "Ответ", TicketDesk.ByBot(ticket.CardMessageId!.Value));

        Assert.Equal([Phrases.Html("ru", "customer.gone", 1)], await desk.TextsAsync(TicketDesk.Group));
        Assert.Empty(await desk.WaitingAsync(TicketDesk.Customer));
    }

    [Fact]
    public async Task An_answer_may_begin_with_a_slash()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await OpenAndDeliverAsync(desk);

        await desk.WriteAsync(TicketDesk.Boris, "/var/log is full", TicketDesk.ByBot(ticket.CardMessageId!.Value));

        Assert.Equal(["/var/log is full"], await desk.TextsAsync(TicketDesk.Customer));
    }

    [Fact]
    public async Task An_anonymous_administrator_is_a_person()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await OpenAndDeliverAsync(desk);

        await desk.WriteAsync(1087968824, "Ответ", TicketDesk.ByBot(ticket.CardMessageId!.Value), with: m => m with { From = m.From with { IsBot = true } });

        Assert.Equal(["Ответ"], await desk.TextsAsync(TicketDesk.Customer));
    }

    [Fact]
    public async Task Take_close_and_tickets_work_as_commands()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await OpenAndDeliverAsync(desk);
        var card = TicketDesk.ByBot(ticket.CardMessageId!.Value);

        await desk.WriteAsync(TicketDesk.Boris, "/take", card);
        await desk.WriteAsync(TicketDesk.Vera, "/take", card);
        await desk.WriteAsync(TicketDesk.Vera, "/take");
        var texts = await desk.TextsAsync(TicketDesk.Group);
        Assert.Equal([Phrases.Html("ru", "ticket.yours", 1), Phrases.Html("ru", "ticket.taken.by", 1, "Boris"), Phrases.Html("en", "ticket.which", "take")], texts.Skip(1));

        await desk.WriteAsync(TicketDesk.Vera, "/tickets");
        var list = Assert.IsType<Outgoing.SendText>((await desk.WaitingAsync(TicketDesk.Group))[^1].Body);
        Assert.Contains("Как вернуть товар?", list.Html, StringComparison.Ordinal);
        Assert.EndsWith(":show", Assert.Single(Assert.Single(list.Keyboard!.Rows)).Data, StringComparison.Ordinal);

        await desk.WriteAsync(TicketDesk.Boris, "/close", card);
        Assert.Equal([Phrases.Html("ru", "closed.customer", 1)], await desk.TextsAsync(TicketDesk.Customer));
        await desk.WriteAsync(TicketDesk.Vera, "/tickets");
        Assert.Equal(Phrases.Html("en", "tickets.none"), (await desk.TextsAsync(TicketDesk.Group))[^1]);
    }

    private static async Task<TicketState> OpenAndDeliverAsync(TicketDesk desk)
    {
        var opened = await desk.OpenAsync();
        await desk.DeliverAllAsync();
        return await desk.TicketAsync(opened.Id);
    }

    private static Task<int> PassAsync(TicketDesk desk, long ticket, params CustomerMessage[] messages) => desk.InAsync(async tx =>
    {
        await new PassToAdmins().InsideAsync(tx, desk.Bot, desk.Now, ticket, desk.Anna, messages, CancellationToken.None);
        return 0;
    });
}
