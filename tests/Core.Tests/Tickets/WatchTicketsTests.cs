using Support.Conversations;
using Support.Database;
using Support.Questions;
using Support.Tickets;
using Xunit;

namespace Support.Tests.Tickets;

/// <summary>Nobody who waits is forgotten, and nobody is told the same thing twice.</summary>
public sealed class WatchTicketsTests : IAsyncLifetime
{
    private RunningDesk _running = null!;

    private TicketDesk Desk => _running.Desk;

    public async ValueTask InitializeAsync() => _running = await RunningDesk.OpenAsync();

    [Fact]
    public async Task The_reminder_hangs_on_the_card_says_how_long_and_comes_once()
    {
        var opened = await Desk.OpenAsync();
        await Desk.DeliverAllAsync();
        var card = (await Desk.TicketAsync(opened.Id)).CardMessageId;

        await AfterAsync(TimeSpan.FromMinutes(29));
        Assert.Empty(await Desk.WaitingAsync(TicketDesk.Group));
        await AfterAsync(TimeSpan.FromMinutes(1));
        await AfterAsync(TimeSpan.Zero);

        var reminder = Assert.Single(await Desk.WaitingAsync(TicketDesk.Group));
        Assert.True(reminder is { Purpose: Purposes.ToAdmins, InTopic: false } && reminder.Ticket == opened.Id);
        var text = Assert.IsType<Outgoing.SendText>(reminder.Body);
        Assert.Equal(Phrases.Html("en", "reminder", 1, "30 min"), text.Html);
        Assert.Equal((card, false), (text.ReplyTo, text.Silent));
    }

    [Fact]
    public async Task Reminders_become_rarer_then_daily_and_only_the_first_one_rings()
    {
        await Desk.OpenAsync();
        await Desk.DeliverAllAsync();
        var at = new List<double>();
        var ringing = 0;
        for (var minute = 30; minute <= 60 * 24 * 3; minute += 30)
        {
            await AfterAsync(TimeSpan.FromMinutes(30));
            foreach (var reminder in await Desk.WaitingAsync(TicketDesk.Group))
            {
                at.Add(minute / 60.0);
                ringing += ((Outgoing.SendText)reminder.Body).Silent ? 0 : 1;
            }
            await Desk.DeliverAllAsync();
        }

        Assert.Equal([0.5, 1.5, 3.5, 7.5, 31.5, 55.5], at);
        Assert.Equal(1, ringing);
    }

    [Fact]
    public async Task Many_tickets_are_one_list_and_a_press_brings_the_card()
    {
        var tickets = new List<OpenedTicket>();
        for (var person = 2000; person < 2025; person++)
        {
            tickets.Add(await Desk.OpenOfSomebodyAsync(person, $"Question of {person}"));
            _running.Pass(TimeSpan.FromSeconds(20));
        }
        await Desk.DeliverAllAsync();

        // The first has waited half an hour, the last one 22 minutes: they need no list of their own.
        await AfterAsync(TimeSpan.FromMinutes(22));
        await AfterAsync(TimeSpan.FromMinutes(20));

        var list = Assert.Single(await Desk.WaitingAsync(TicketDesk.Group));
        var text = Assert.IsType<Outgoing.SendText>(list.Body);
        Assert.Equal(Purposes.Digest, list.Purpose);
        Assert.StartsWith(Phrases.Html("en", "reminder.list", 25), text.Html, StringComparison.Ordinal);
        Assert.Contains("30 min", text.Html, StringComparison.Ordinal);
        Assert.EndsWith("… and 7 more.", text.Html, StringComparison.Ordinal);
        Assert.Equal(tickets.Take(18).Select(t => $"t:{t.Id}:show"), text.Keyboard!.Rows.SelectMany(r => r).Select(b => b.Data));
        Assert.Equal("No. 1: here it comes.", await Desk.PressAsync(TicketDesk.Boris, $"t:{tickets[0].Id}:show"));
    }

    [Fact]
    public async Task Who_took_it_gets_time_and_is_then_called_by_name()
    {
        var opened = await Desk.OpenAsync();
        await Desk.DeliverAllAsync();
        _running.Pass(TimeSpan.FromMinutes(29));
        await Desk.PressAsync(TicketDesk.Boris, $"t:{opened.Id}:take");
        await Desk.DeliverAllAsync();

        await AfterAsync(TimeSpan.FromMinutes(29));
        Assert.Empty(await Desk.WaitingAsync(TicketDesk.Group));
        await AfterAsync(TimeSpan.FromMinutes(1));

        Assert.Equal([$"<a href=\"tg://user?id={TicketDesk.Boris}\">Boris</a>: {Phrases.Html("en", "reminder", 1, "59 min")}"], await Desk.TextsAsync(TicketDesk.Group));
    }

    [Fact]
    public async Task In_a_forum_the_reminder_stands_in_the_tickets_topic()
    {
        await Desk.AddGroupAsync(forum: true);
        var opened = await Desk.OpenAsync();
        await Desk.DeliverAllAsync();

        await AfterAsync(TimeSpan.FromMinutes(30));

        var reminder = Assert.Single(await Desk.WaitingAsync(TicketDesk.Group));
        Assert.True(reminder.InTopic && reminder.Ticket == opened.Id);
    }

    [Fact]
    public async Task A_reply_ends_the_waiting_thanks_do_not_begin_it_again_a_question_does()
    {
        var opened = await Desk.OpenAsync();
        await Desk.DeliverAllAsync();
        await Desk.WriteAsync(TicketDesk.Vera, "В течение 14 дней.", TicketDesk.ByBot((await Desk.TicketAsync(opened.Id)).CardMessageId!.Value));
        await CustomerWritesAsync(opened.Id, "Спасибо большое!");
        await Desk.DeliverAllAsync();
        await AfterAsync(TimeSpan.FromDays(2));
        Assert.Empty(await Desk.WaitingAsync(TicketDesk.Group));
        Assert.Empty(await Desk.WaitingAsync(TicketDesk.Customer));

        await CustomerWritesAsync(opened.Id, "А без чека?");
        await Desk.DeliverAllAsync();
        await AfterAsync(TimeSpan.FromHours(5));

        Assert.Contains("5 h", Assert.Single(await Desk.TextsAsync(TicketDesk.Group)), StringComparison.Ordinal);
        // A person has answered before: the customer knows that somebody is there.
        Assert.Empty(await Desk.WaitingAsync(TicketDesk.Customer));
    }

    [Fact]
    public async Task The_customer_is_told_once_quietly_and_in_their_language()
    {
        await Desk.OpenAsync();
        await Desk.DeliverAllAsync();

        await AfterAsync(TimeSpan.FromHours(4) - TimeSpan.FromMinutes(1));
        Assert.Empty(await Desk.WaitingAsync(TicketDesk.Customer));
        for (var hour = 0; hour < 30; hour++)
            await AfterAsync(TimeSpan.FromHours(1));

        var line = Assert.Single(await Desk.WaitingAsync(TicketDesk.Customer));
        Assert.Equal(Phrases.Html("ru", "still.waiting", 1), TicketDesk.TextOf(line.Body));
        Assert.True(((Outgoing.SendText)line.Body).Silent);
    }

    [Fact]
    public async Task A_customer_whose_question_is_with_nobody_or_who_is_gone_is_told_nothing()
    {
        await Desk.OpenAsync();
        await Desk.DeliverAllAsync();
        await Desk.ExecuteAsync("insert into chat (tenant_id, bot_id, id, kind, gone_since) values (@tenant, @bot, @Customer, 0, @Now)",
            new { tenant = Desk.Bot.Tenant.Value, bot = Desk.Bot.Id.Value, TicketDesk.Customer, Desk.Now });
        var nobody = Desk.Bot with { AdminsChat = null, Staff = new Dictionary<long, Support.Tenants.StaffMember>() };
        var second = await Desk.AddConversationAsync(Desk.Bot, 3001, 3001, "Olaf", "en");
        await Desk.InAsync(tx => new OpenTicket().InsideAsync(tx, nobody, Desk.Now, second, new NewTicket(Reasons.NothingFound, "Where?", null, [], null, []), CancellationToken.None));
        await Desk.DeliverAllAsync();

        await AfterAsync(TimeSpan.FromHours(5));

        Assert.Empty(await Desk.WaitingAsync(TicketDesk.Customer));
        Assert.Empty(await Desk.WaitingAsync(3001));
    }

    [Fact]
    public async Task Several_processes_at_once_say_it_once()
    {
        for (var person = 2000; person < 2005; person++)
            await Desk.OpenOfSomebodyAsync(person, $"Question of {person}");
        await Desk.DeliverAllAsync();
        _running.Pass(TimeSpan.FromHours(4));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => _running.WatchElsewhere().RunAsync(CancellationToken.None))));

        Assert.Single(await Desk.WaitingAsync(TicketDesk.Group));
        for (var person = 2000; person < 2005; person++)
            Assert.Single(await Desk.WaitingAsync(person));
    }

    [Fact]
    public async Task What_could_not_be_committed_is_said_the_next_time()
    {
        await Desk.OpenAsync();
        await Desk.DeliverAllAsync();
        _running.Pass(TimeSpan.FromHours(5));
        await Desk.ExecuteAsOwnerAsync("create function refuse() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$; create trigger kill before insert on outbox for each row when (new.chat_id > 0) execute function refuse()");
        await _running.Watch().RunAsync(CancellationToken.None);
        Assert.Empty(await Desk.WaitingAsync(TicketDesk.Group));
        await Desk.ExecuteAsOwnerAsync("drop trigger kill on outbox");

        await AfterAsync(TimeSpan.Zero);

        Assert.Single(await Desk.WaitingAsync(TicketDesk.Group));
        Assert.Single(await Desk.WaitingAsync(TicketDesk.Customer));
    }

    [Fact]
    public async Task Tickets_from_before_there_were_reminders_count_from_the_customers_last_unanswered_words()
    {
        var (waiting, answered) = (await Desk.OpenAsync(), await Desk.OpenOfSomebodyAsync(2001, "Answered"));
        await Desk.DeliverAllAsync();
        await Desk.WriteAsync(TicketDesk.Vera, "So.", TicketDesk.ByBot((await Desk.TicketAsync(answered.Id)).CardMessageId!.Value));
        await Desk.ExecuteAsOwnerAsync(
            """
            alter table ticket drop column waits_since, drop column remind_from, drop column reminders, drop column customer_told_at;
            drop table weekly_report, source;
            drop function tickets_to_watch; drop function tenants_without_report; drop function reminder_due;
            drop index question_judged; drop index outbox_in_doubt;
            delete from migration where name = '0009-timers.sql';
            """);

        Assert.Equal(1, await new Migrator(Desk.Database).RunAsync(CancellationToken.None));

        Assert.Equal([(waiting.Id, (DateTime?)Desk.Now.UtcDateTime), (answered.Id, null)],
            await Desk.InAsync(tx => tx.QueryAsync<(long, DateTime?)>("select id, waits_since from ticket order by id", null, CancellationToken.None)));
    }

    [Fact]
    public async Task Each_company_is_reminded_of_its_own_tickets_in_its_own_language()
    {
        var other = await Desk.AddTenantAsync();
        await _running.RunAsync(other);
        await Desk.InAsync(other, tx => tx.ExecuteAsync("update person set language = 'ru' where is_owner", null, CancellationToken.None));
        await Desk.OpenAsync();
        var talk = await Desk.AddConversationAsync(other, 5001, 5001, "Ann", "en");
        await Desk.InAsync(other, tx => new OpenTicket().InsideAsync(tx, other, Desk.Now, talk, new NewTicket(Reasons.NothingFound, "Theirs", null, [], null, []), CancellationToken.None));

        await AfterAsync(TimeSpan.FromMinutes(30));

        var mine = (await Desk.TextsAsync(TicketDesk.Group))[^1];
        Assert.StartsWith("⏰ Waiting for an answer: 1.", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("Theirs", mine, StringComparison.Ordinal);
        var theirs = await Desk.InAsync(other, tx => tx.QueryAsync<string>("select body ->> 'html' from outbox where purpose = 'digest'", null, CancellationToken.None));
        Assert.StartsWith("⏰ Ждут ответа: 1.", Assert.Single(theirs), StringComparison.Ordinal);
    }

    private async Task AfterAsync(TimeSpan time)
    {
        _running.Pass(time);
        await _running.Watch().RunAsync(CancellationToken.None);
    }

    private Task CustomerWritesAsync(long ticket, string text) => Desk.InAsync(async tx =>
    {
        await new PassToAdmins().InsideAsync(tx, Desk.Bot, Desk.Now, ticket, Desk.Anna, [new CustomerMessage(900 + Desk.LastMessage, text, false, false)], CancellationToken.None);
        return 0;
    });

    public ValueTask DisposeAsync() => _running.DisposeAsync();
}
