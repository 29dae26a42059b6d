using Support.Conversations;
using Support.Questions;
using Support.Tickets;
using Xunit;

namespace Support.Tests.Tickets;

public sealed class TicketButtonsTests
{
    [Fact]
    public async Task Of_two_who_take_at_once_one_wins_and_the_other_is_told_who()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await desk.OpenAsync();
        await desk.DeliverAllAsync();

        var notices = await Task.WhenAll(
            Task.Run(() => desk.PressAsync(TicketDesk.Boris, $"t:{ticket.Id}:take")),
            Task.Run(() => desk.PressAsync(TicketDesk.Vera, $"t:{ticket.Id}:take")));

        var winner = (await desk.TicketAsync(ticket.Id)).TakenBy;
        var (won, name) = winner == TicketDesk.Boris ? (0, "Boris") : (1, "Vera");
        Assert.Equal(Phrases.Plain("ru", "ticket.yours", 1), notices[won]);
        Assert.Equal(Phrases.Plain("ru", "ticket.taken.by", 1, name), notices[1 - won]);
        Assert.Equal(["opened", "taken"], await desk.EventsAsync(ticket.Id));
    }

    [Fact]
    public async Task The_loser_waits_for_an_open_transaction_and_changes_nothing()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await desk.OpenAsync();
        await using var first = await desk.Database.BeginAsync(desk.Bot.Tenant, CancellationToken.None);
        var scope = new UpdateScope(first, desk.Bot, desk.Now);
        await new TicketButtons().HandleAsync(scope, TicketDesk.Press(TicketDesk.Boris, $"t:{ticket.Id}:take", TicketDesk.Group, null), CancellationToken.None);

        var second = desk.PressAsync(TicketDesk.Vera, $"t:{ticket.Id}:take");
        await first.CommitAsync(CancellationToken.None);

        Assert.Equal(Phrases.Plain("ru", "ticket.taken.by", 1, "Boris"), await second);
        Assert.Equal(TicketDesk.Boris, (await desk.TicketAsync(ticket.Id)).TakenBy);
    }

    [Fact]
    public async Task The_card_shows_who_took_it()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await desk.OpenAsync();
        await desk.DeliverAllAsync();
        var card = (await desk.TicketAsync(ticket.Id)).CardMessageId;

        await desk.PressAsync(TicketDesk.Boris, $"t:{ticket.Id}:take", message: card);

        var edit = Assert.IsType<Outgoing.EditText>(Assert.Single(await desk.WaitingAsync(TicketDesk.Group)).Body);
        Assert.Equal(card, edit.MessageId);
        Assert.Contains(Phrases.Html("ru", "card.taken", "Boris"), edit.Html, StringComparison.Ordinal);
        Assert.Equal([$"t:{ticket.Id}:send", $"t:{ticket.Id}:close"], edit.Keyboard!.Rows.SelectMany(r => r).Select(b => b.Data));
    }

    [Fact]
    public async Task A_draft_goes_to_the_customer_once()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await desk.OpenAsync(draft: "Цена < 5 & точка");
        await desk.DeliverAllAsync();

        var notices = await Task.WhenAll(
            Task.Run(() => desk.PressAsync(TicketDesk.Boris, $"t:{ticket.Id}:send")),
            Task.Run(() => desk.PressAsync(TicketDesk.Vera, $"t:{ticket.Id}:send")));

        Assert.Equal(
            new[] { Phrases.Plain("ru", "ticket.draft.already", 1), Phrases.Plain("ru", "ticket.draft.sent", 1) }.Order(StringComparer.Ordinal),
            notices.Order(StringComparer.Ordinal));
        var sent = Assert.Single(await desk.WaitingAsync(TicketDesk.Customer));
        Assert.Equal(Purposes.FromAdmin, sent.Purpose);
        Assert.Equal("Цена &lt; 5 &amp; точка", TicketDesk.TextOf(sent.Body));
        Assert.Equal("taken", (await desk.TicketAsync(ticket.Id)).State);
        Assert.Equal(["opened", "draft_sent"], await desk.EventsAsync(ticket.Id));
    }

    [Fact]
    public async Task Close_gives_the_conversation_back_and_tells_the_customer()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await desk.OpenAsync();
        await desk.DeliverAllAsync();

        await desk.PressAsync(TicketDesk.Boris, $"t:{ticket.Id}:close");
        var again = await desk.PressAsync(TicketDesk.Vera, $"t:{ticket.Id}:close");

        Assert.Equal(Phrases.Plain("ru", "ticket.closed.by", 1, "Boris"), again);
        Assert.Equal([Phrases.Html("ru", "closed.customer", 1)], await desk.TextsAsync(TicketDesk.Customer));
        var edit = Assert.IsType<Outgoing.EditText>(Assert.Single(await desk.WaitingAsync(TicketDesk.Group)).Body);
        Assert.Contains(Phrases.Html("ru", "card.closed", "Boris"), edit.Html, StringComparison.Ordinal);
        Assert.Null(edit.Keyboard);
        var state = await desk.TicketAsync(ticket.Id);
        Assert.Equal("closed", state.State);
        Assert.Null(state.OfConversation);
        Assert.Equal(["ticket.opened", "ticket.closed"], await desk.AuditAsync());
        Assert.False((await desk.OpenAsync()).WasOpen);
    }

    [Fact]
    public async Task A_card_still_waiting_to_be_sent_is_changed_before_it_leaves()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await desk.OpenAsync();

        await desk.PressAsync(TicketDesk.Owner, $"t:{ticket.Id}:take", chat: TicketDesk.Owner);

        var card = Assert.Single(await desk.WaitingAsync(TicketDesk.Group));
        Assert.Equal(Purposes.Card, card.Purpose);
        Assert.Contains(Phrases.Html("ru", "card.taken", "Olga"), TicketDesk.TextOf(card.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_was_under_way_when_its_ticket_was_taken_is_brought_up_to_date()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await desk.OpenAsync();
        var sent = Assert.Single(await desk.WaitingAsync(TicketDesk.Group)).Body;
        await desk.ExecuteAsync("update outbox set state = 1 where purpose = 'card'", new { });
        await desk.PressAsync(TicketDesk.Owner, $"t:{ticket.Id}:take", chat: TicketDesk.Owner);
        Assert.Empty(await desk.WaitingAsync(TicketDesk.Group));

        await desk.InAsync(async tx =>
        {
            await new CardSent().CardAsync(tx, desk.Bot, desk.Now, ticket.Id, TicketDesk.Group, 600, sent, CancellationToken.None);
            return 0;
        });

        var edit = Assert.IsType<Outgoing.EditText>(Assert.Single(await desk.WaitingAsync(TicketDesk.Group)).Body);
        Assert.Equal(600, edit.MessageId);
        Assert.Contains(Phrases.Html("ru", "card.taken", "Olga"), edit.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t:{0}:fly")]
    [InlineData("t:999999:take")]
    [InlineData("t:x:take")]
    [InlineData("t:{0}")]
    [InlineData("t:")]
    [InlineData("t:9223372036854775808:take")]
    public async Task Anything_else_under_the_button_is_out_of_date(string data)
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await desk.OpenAsync();

        Assert.Equal(Phrases.Plain("en", "ticket.outdated"), await desk.PressAsync(TicketDesk.Boris, string.Format(data, ticket.Id)));
        Assert.Equal(["opened"], await desk.EventsAsync(ticket.Id));
    }

    [Fact]
    public async Task A_stranger_who_makes_up_button_data_changes_nothing()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await desk.OpenAsync();

        Assert.Equal(Phrases.Plain("en", "ticket.outdated"), await desk.PressAsync(TicketDesk.Customer, $"t:{ticket.Id}:send", chat: TicketDesk.Customer));
        Assert.Equal(["opened"], await desk.EventsAsync(ticket.Id));
    }

    [Fact]
    public async Task Another_tenants_ticket_is_out_of_date_even_for_its_owner()
    {
        var desk = await TicketDesk.CreateAsync();
        var ticket = await desk.OpenAsync();
        var other = await desk.AddTenantAsync();

        foreach (var action in new[] { "take", "send", "close", "show" })
            Assert.Equal(Phrases.Plain("en", "ticket.outdated"), await desk.PressAsync(TicketDesk.Owner, $"t:{ticket.Id}:{action}", bot: other));
        Assert.Equal("open", (await desk.TicketAsync(ticket.Id)).State);
        Assert.Equal(0L, await desk.InAsync(other, tx => tx.FirstAsync<long>("select (select count(*) from outbox) + (select count(*) from audit)", null, CancellationToken.None)));
    }

    [Fact]
    public async Task The_admins_language_can_be_set()
    {
        var desk = await TicketDesk.CreateAsync();
        await desk.ExecuteAsync("insert into setting (tenant_id, key, value) values (@tenant, 'admins_language', '\"en\"')", new { tenant = desk.Bot.Tenant.Value });

        var ticket = await desk.OpenAsync();

        Assert.Contains(Phrases.Html("en", $"reason.{Reasons.LowConfidence}"), Assert.Single(await desk.TextsAsync(TicketDesk.Group)), StringComparison.Ordinal);
        Assert.Equal(Phrases.Plain("en", "ticket.yours", 1), await desk.PressAsync(TicketDesk.Boris, $"t:{ticket.Id}:take"));
        Assert.Equal([Phrases.Html("ru", "handed.over")], await desk.TextsAsync(TicketDesk.Customer));
    }
}
