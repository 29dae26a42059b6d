using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Conversations;
using Support.Questions;
using Support.Reports;
using Support.Tenants;
using Support.Tests.Tickets;
using Support.Tickets;

namespace Support.Tests.Reports;

public sealed class ReportWeeklyTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    private RunningDesk _running = null!;

    private TicketDesk Desk => _running.Desk;

    public async ValueTask InitializeAsync() => _running = await RunningDesk.OpenAsync();

    [Fact]
    public async Task The_report_says_how_the_week_went_and_what_changed()
    {
        await BusyWeekAsync(new DateOnly(2026, 2, 20), answered: 1000, askedBack: 0, handedOver: 250);
        await BusyWeekAsync(new DateOnly(2026, 2, 27), answered: 1234, askedBack: 6, handedOver: 310);
        await TicketsAsync();
        await Desk.ExecuteAsync(
            """
            with d as (insert into document (tenant_id, name, audience, created_at) select @tenant, name, 0, @now from unnest(array['a.md', 'b.md']) name returning id)
            insert into document_version (tenant_id, document_id, version, hash, bytes, audience, state, uploaded_by, created_at, indexed_at)
            select @tenant, id, version, '', '', 0, state, 'http', @now, @now from d, (values (1, 'superseded'), (2, 'published'), (3, 'refused')) v (version, state)
            """, new { tenant = Desk.Bot.Tenant.Value, now = Monday.AddDays(-3) });
        await Desk.ExecuteAsync("insert into outbox (tenant_id, bot_id, chat_id, purpose, body, state, doubts, due_at, created_at) values (@tenant, 1, 1, 'notice', '{}', 2, 1, @now, @now)",
            new { tenant = Desk.Bot.Tenant.Value, now = Monday.AddDays(-2) });
        await Desk.ExecuteAsOwnerAsync($"insert into dead_letter (tenant_id, queue, body, why, at, told) values ('{Desk.Bot.Tenant}', 'updates', '', 'no', '2026-02-28', true)");

        await AtAsync(Monday);

        Assert.Equal(
            """
            📊 <b>The week 23 Feb – 1 Mar</b>
            <i>In brackets: against the week before.</i>

            Questions: 1,550 (+300)
            • answered by me: 1,234 · 80% (+234)
            • asked back: 6 · 0% (+6)
            • handed over to you: 310 · 20% (+60)
            👍 2 (+1) · 👎 1 (±0)

            Tickets: 4 (+3) opened, 1 (+1) closed, 4 open now
            First reply by a person, median: 1.5 h
            Waiting longest: no. 1, 9 d
            Untouched for 3 d and more: No. 1, No. 2. Answer or close them; they do not close by themselves.

            Why questions came to you:
            1. nothing found in the documents – 3
            2. asked for a person – 1

            Documents changed: 2
            Could not be processed: 1
            Messages that may have arrived twice: 1
            """.ReplaceLineEndings("\n"), Assert.Single(await ReportsAsync(Desk.Bot)));
    }

    [Fact]
    public async Task Questions_that_were_asked_back_with_a_choice_have_a_line_of_their_own()
    {
        await BusyWeekAsync(new DateOnly(2026, 2, 27), answered: 10, askedBack: 0, handedOver: 6);
        foreach (var (what, count) in new[] { ("choose", 4), ("chosen", 3) })
            await Desk.ExecuteAsync("insert into usage_day (tenant_id, day, what, slot, count) values (@tenant, '2026-02-27', @what, 0, @count)", new { tenant = Desk.Bot.Tenant.Value, what, count });

        await AtAsync(Monday);

        var report = Assert.Single(await ReportsAsync(Desk.Bot));
        Assert.Contains("Questions: 20\n", report, StringComparison.Ordinal);
        Assert.Contains("• asked which was meant: 4 · 20%, answered after the choice: 3\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_russian_with_numbers_as_russians_write_them_and_the_first_week_compares_with_nothing()
    {
        await Desk.ExecuteAsync("update person set language = 'ru' where is_owner", new { });
        await BusyWeekAsync(new DateOnly(2026, 2, 27), answered: 1234, askedBack: 0, handedOver: 0);

        await AtAsync(Monday);

        Assert.Equal(
            """
            📊 <b>Неделя 23.02 – 01.03</b>

            Вопросов: 1~234
            • ответил я: 1~234 · 100~%
            • передал вам: 0 · 0~%
            👍 1 · 👎 1

            Карточки: новых 0, закрыто 0, открыто сейчас 0
            """.ReplaceLineEndings("\n").Replace('~', '\u00A0'), Assert.Single(await ReportsAsync(Desk.Bot)));
    }

    [Fact]
    public async Task It_is_sent_once_whenever_and_however_often_it_is_asked_for_and_the_next_week_again()
    {
        await BusyWeekAsync(new DateOnly(2026, 2, 27), 10, 0, 0);
        await AtAsync(Monday.AddSeconds(-1));
        Assert.Empty(await ReportsAsync(Desk.Bot));

        _running.Pass(TimeSpan.FromDays(2));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Report().RunAsync(CancellationToken.None))));
        await Report().RunAsync(CancellationToken.None);
        Assert.Single(await ReportsAsync(Desk.Bot));

        await BusyWeekAsync(new DateOnly(2026, 3, 4), 8, 0, 0);
        await AtAsync(Monday.AddDays(7));
        Assert.Contains("Questions: 8 (−2)", (await ReportsAsync(Desk.Bot))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_three_days_it_comes_no_more()
    {
        await BusyWeekAsync(new DateOnly(2026, 2, 27), 10, 0, 0);

        await AtAsync(Monday.AddDays(3).AddSeconds(1));

        Assert.Empty(await ReportsAsync(Desk.Bot));
    }

    [Fact]
    public async Task What_customers_have_had_erased_since_does_not_change_what_is_compared_with()
    {
        await BusyWeekAsync(new DateOnly(2026, 2, 27), 10, 0, 0);
        await AtAsync(Monday);
        await Desk.ExecuteAsync("delete from conversation", new { });
        await BusyWeekAsync(new DateOnly(2026, 3, 4), 10, 0, 0);

        await AtAsync(Monday.AddDays(7));

        Assert.Contains("👍 1 (±0) · 👎 1 (±0)", (await ReportsAsync(Desk.Bot))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiet_company_is_left_alone_and_each_reads_its_own_figures()
    {
        var (busy, quiet) = (await Desk.AddTenantAsync(), await Desk.AddTenantAsync());
        await _running.RunAsync(busy);
        await _running.RunAsync(quiet);
        await BusyWeekAsync(new DateOnly(2026, 2, 27), 10, 0, 0);
        await Desk.InAsync(busy, tx => tx.ExecuteAsync("insert into usage_day (tenant_id, day, what, count) values (@tenant, '2026-02-23', 'answer', 77)", new { tenant = busy.Tenant.Value }, CancellationToken.None));

        await AtAsync(Monday);

        Assert.Contains("Questions: 10", Assert.Single(await ReportsAsync(Desk.Bot)), StringComparison.Ordinal);
        Assert.Contains("Questions: 77", Assert.Single(await ReportsAsync(busy)), StringComparison.Ordinal);
        Assert.Empty(await ReportsAsync(quiet));
        // Not looked at again until the next week.
        await using var connection = await Desk.Database.Source.OpenConnectionAsync();
        Assert.Empty(await Dapper.SqlMapper.QueryAsync<Guid>(connection, "select * from tenants_without_report('2026-02-23')"));
    }

    [Fact]
    public async Task Where_nobody_can_be_reached_it_waits_until_somebody_can()
    {
        await BusyWeekAsync(new DateOnly(2026, 2, 27), 10, 0, 0);
        await Desk.ExecuteAsync("insert into chat (tenant_id, bot_id, id, kind, gone_since) values (@tenant, @bot, @Group, 2, now())",
            new { tenant = Desk.Bot.Tenant.Value, bot = Desk.Bot.Id.Value, TicketDesk.Group });
        await AtAsync(Monday);
        Assert.Empty(await ReportsAsync(Desk.Bot));

        await Desk.ExecuteAsync("update chat set gone_since = null", new { });
        await AtAsync(Monday.AddHours(5));

        Assert.Single(await ReportsAsync(Desk.Bot));
    }

    /// <summary>One thumb up and one down besides.</summary>
    private Task BusyWeekAsync(DateOnly day, long answered, long askedBack, long handedOver) => Desk.InAsync(async tx =>
    {
        var at = new { tenant = Desk.Bot.Tenant.Value, day, at = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), bot = Desk.Bot.Id.Value };
        // Spread over two slots, as the desk does.
        foreach (var (what, count) in new[] { ("answer", answered), ("ask_back", askedBack), ("escalate", handedOver) })
            await tx.ExecuteAsync("insert into usage_day (tenant_id, day, what, slot, count) values (@tenant, @day, @what, 0, @count / 2), (@tenant, @day, @what, 7, @count - @count / 2)",
                new { at.tenant, day, what, count }, CancellationToken.None);
        await tx.ExecuteAsync(
            """
            with talk as (insert into conversation (tenant_id, bot_id, chat_id, person_id) values (@tenant, @bot, -extract(epoch from @at), 8001) returning id)
            insert into question (tenant_id, conversation_id, text, language, decision, feedback, asked_at, answered_at)
            select @tenant, id, '', 'en', 'answer', feedback, @at, @at from talk, unnest(array['helpful', 'unhelpful', null]) feedback
            """, at, CancellationToken.None);
        return 0;
    });

    /// <summary>Four opened in the week and one before; replies after 1 and 2 hours.</summary>
    private async Task TicketsAsync()
    {
        Desk.Now = Monday.AddDays(-9);
        await Desk.OpenOfSomebodyAsync(2001, "The week before");
        Desk.Now = Monday.AddDays(-5);
        await Desk.OpenOfSomebodyAsync(2002, "Not touched since Wednesday");
        Desk.Now = Monday.AddDays(-2);
        await Desk.DeliverAllAsync();
        var third = await Desk.OpenOfSomebodyAsync(2003, "Answered after an hour");
        var fourth = await Desk.OpenOfSomebodyAsync(2004, "Answered after two and closed");
        await Desk.OpenAsync(await Desk.AddConversationAsync(Desk.Bot, 2005, 2005, "Eve", "en"), new NewTicket(Reasons.CustomerAsked, "A person, please", null, [], null, []));
        await Desk.DeliverAllAsync();
        Desk.Now = Monday.AddDays(-2).AddHours(1);
        await Desk.WriteAsync(TicketDesk.Vera, "So.", TicketDesk.ByBot((await Desk.TicketAsync(third.Id)).CardMessageId!.Value));
        Desk.Now = Monday.AddDays(-2).AddHours(2);
        await Desk.WriteAsync(TicketDesk.Vera, "And so.", TicketDesk.ByBot((await Desk.TicketAsync(fourth.Id)).CardMessageId!.Value));
        await Desk.PressAsync(TicketDesk.Vera, $"t:{fourth.Id}:close");
        await Desk.DeliverAllAsync();
        await Desk.ExecuteAsync("update question set feedback = 'helpful' where id = (select max(id) from question)", new { });
    }

    private async Task AtAsync(DateTimeOffset now)
    {
        _running.Pass(now - _running.Clock.GetUtcNow());
        await Report().RunAsync(CancellationToken.None);
    }

    private ReportWeekly Report() =>
        new(Desk.Database, _running.Bots, _running.Queue, Options.Create(new TicketOptions()), _running.Clock, NullLogger<ReportWeekly>.Instance);

    private Task<IReadOnlyList<string>> ReportsAsync(BotInfo bot) => Desk.InAsync(bot, tx =>
        tx.QueryAsync<string>("select body ->> 'html' from outbox where chat_id = @Group and purpose = 'notice' and body ->> 'html' like '📊%' order by id", new { TicketDesk.Group }, CancellationToken.None));

    public ValueTask DisposeAsync() => _running.DisposeAsync();
}
