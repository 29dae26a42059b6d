using Support.Conversations;
using Support.Questions;
using Support.Tickets;
using Xunit;

namespace Support.Tests.Tickets;

public sealed class OpenTicketTests
{
    [Fact]
    public async Task The_customer_is_told_and_the_admins_get_a_card()
    {
        var desk = await TicketDesk.CreateAsync();

        var opened = await desk.OpenAsync();

        Assert.True(opened is { Number: 1, SomebodyIsReachable: true, WasOpen: false });
        Assert.Equal([Phrases.Html("ru", "handed.over")], await desk.TextsAsync(TicketDesk.Customer));
        var card = Assert.Single(await desk.WaitingAsync(TicketDesk.Group));
        Assert.True(card is { Purpose: Purposes.Card, InTopic: false } && card.Ticket == opened.Id);
        var body = Assert.IsType<Outgoing.SendText>(card.Body);
        Assert.Contains("Как вернуть товар?", body.Html, StringComparison.Ordinal);
        Assert.Equal([$"t:{opened.Id}:take", $"t:{opened.Id}:send", $"t:{opened.Id}:close"], body.Keyboard!.Rows.SelectMany(r => r).Select(b => b.Data));
        var ticket = await desk.TicketAsync(opened.Id);
        Assert.Equal("open", ticket.State);
        Assert.Equal(opened.Id, ticket.OfConversation);
        Assert.Equal(["opened"], await desk.EventsAsync(opened.Id));
        Assert.Equal(["ticket.opened"], await desk.AuditAsync());
    }

    [Fact]
    public async Task A_second_question_joins_the_open_ticket()
    {
        var desk = await TicketDesk.CreateAsync();
        var first = await desk.OpenAsync("Как вернуть товар?");
        await desk.DeliverAllAsync();

        var second = await desk.OpenAsync("И сколько это стоит?", Reasons.CustomerAsked);

        Assert.True(second.WasOpen);
        Assert.Equal((first.Id, first.Number), (second.Id, second.Number));
        Assert.Equal("Как вернуть товар?\n\nИ сколько это стоит?", (await desk.TicketAsync(first.Id)).Question);
        Assert.Equal([Phrases.Html("ru", "already.open", 1)], await desk.TextsAsync(TicketDesk.Customer));
        Assert.Equal([Purposes.Edit, Purposes.ToAdmins], (await desk.WaitingAsync(TicketDesk.Group)).Select(m => m.Purpose));
        Assert.Equal(["opened", "added"], await desk.EventsAsync(first.Id));
    }

    [Fact]
    public async Task Two_that_open_at_once_get_different_numbers_and_one_conversation_one_ticket()
    {
        var desk = await TicketDesk.CreateAsync();
        var others = new List<ConversationRef> { desk.Anna, desk.Anna };
        for (var person = 2000; person < 2008; person++)
            others.Add(await desk.AddConversationAsync(desk.Bot, person, person, "Ann", "en"));

        var opened = await Task.WhenAll(others.Select(c => desk.OpenAsync(c, new NewTicket(Reasons.NothingFound, $"Question of {c.Id}", null, [], null, []))));

        Assert.Equal(Enumerable.Range(1, 9), opened.Select(o => o.Number).Distinct().Order());
        Assert.Equal(1, opened.Count(o => o.WasOpen));
    }

    [Theory]
    [InlineData(Reasons.CustomerAsked, "handed.over.asked")]
    [InlineData(Reasons.UnsupportedMedia, "handed.over.media")]
    [InlineData(Reasons.ModelFailed, "handed.over.failed")]
    [InlineData(Reasons.NothingFound, "handed.over")]
    public async Task What_the_customer_is_told_depends_on_the_reason(string reason, string phrase)
    {
        var desk = await TicketDesk.CreateAsync();

        await desk.OpenAsync(reason: reason);

        Assert.Equal([Phrases.Html("ru", phrase)], await desk.TextsAsync(TicketDesk.Customer));
    }

    [Fact]
    public async Task Files_follow_the_card()
    {
        var desk = await TicketDesk.CreateAsync();
        await desk.AddCustomerMessageAsync(41, null, medium: true);

        var opened = await desk.OpenAsync(desk.Anna, new NewTicket(Reasons.UnsupportedMedia, "", null, [], null, [41]));

        var waiting = await desk.WaitingAsync(TicketDesk.Group);
        Assert.Equal([Purposes.Card, Purposes.ToAdmins], waiting.Select(m => m.Purpose));
        Assert.Equal(new Outgoing.CopyMessage(TicketDesk.Customer, 41), waiting[1].Body);
        Assert.Equal(opened.Id, await desk.InAsync(tx => tx.FirstAsync<long?>("select ticket_id from message where message_id = 41", null, CancellationToken.None)));
    }

    [Fact]
    public async Task In_a_group_the_notice_replies_to_the_customer()
    {
        var desk = await TicketDesk.CreateAsync();
        var inGroup = await desk.AddConversationAsync(desk.Bot, -300, TicketDesk.Customer, "Анна", "ru") with { ReplyToMessage = 12 };

        await desk.OpenAsync(inGroup, new NewTicket(Reasons.NothingFound, "Где мой заказ?", null, [], null, []));

        Assert.Equal(12, Assert.IsType<Outgoing.SendText>(Assert.Single(await desk.WaitingAsync(-300)).Body).ReplyTo);
    }

    [Fact]
    public async Task A_ticket_belongs_to_its_tenant_alone()
    {
        var desk = await TicketDesk.CreateAsync();
        var other = await desk.AddTenantAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            desk.InAsync(other, tx => new OpenTicket().InsideAsync(tx, other, desk.Now, desk.Anna, new NewTicket(Reasons.NothingFound, "?", null, [], null, []), CancellationToken.None)));

        Assert.Contains(desk.Anna.Id.ToString(), refused.Message, StringComparison.Ordinal);
    }
}
