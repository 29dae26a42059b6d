using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Support.Contracts;
using Support.Conversations;
using Support.Jobs;
using Support.Models;
using Support.Tenants;
using Support.Tests.Labels;

namespace Support.Tests.Models;

/// <summary>What models cost is written down, holds a company to its budget, and is told once.</summary>
public sealed class ModelLedgerTests : IAsyncLifetime
{
    private static readonly SecretBox Box = new("dGVzdCBtYXN0ZXIga2V5IHRlc3QgbWFzdGVyIGtleSE=");

    private LabelDesk _desk = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await LabelDesk.OpenAsync();

    public async ValueTask DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Each_call_is_a_row_and_adds_to_its_companys_day()
    {
        using var ledger = Ledger(ModelBudget.None);
        var (use, other) = (new ModelUse(_desk.Tenant), new ModelUse(_desk.Tenant));
        ledger.Add(use, Call(cost: .25m, prompt: 100, completion: 10) with { CachedTokens = 40 });
        ledger.Add(use, Call(cost: .5m, prompt: 200, completion: 20) with { Role = ModelRole.Rerank, Failure = ModelFailure.Unavailable });
        ledger.Add(other, Call(cost: 1, prompt: 5, completion: 1));
        await ledger.WriteAsync(Cancellation);
        ledger.Add(other, Call(cost: 1, prompt: 5, completion: 1));
        await ledger.WriteAsync(Cancellation);

        Assert.Equal(
            [("Answer", 100, 40, 10, .25m, 1500, null), ("Rerank", 200, 0, 20, .5m, 1500, "Unavailable")],
            await _desk.InAsync(tx => tx.QueryAsync<(string, int, int, int, decimal, int, string?)>(
                "select role, prompt_tokens, cached_tokens, completion_tokens, cost, ms, failure from model_call where use_id = @id order by id", new { id = use.Id }, Cancellation)));
        Assert.Equal((4L, 1L, 310L, 40L, 32L, 2.75m), await _desk.InAsync(tx => tx.FirstAsync<(long, long, long, long, long, decimal)>(
            "select calls, failed, prompt_tokens, cached_tokens, completion_tokens, cost from model_day where day = '2026-03-01'", null, Cancellation)));
    }

    [Fact]
    public async Task A_clean_stop_writes_what_has_been_taken()
    {
        using var ledger = Ledger(ModelBudget.None);
        await ledger.StartAsync(Cancellation);
        for (var i = 0; i < 5000; i++)
            ledger.Add(new ModelUse(_desk.Tenant), Call(cost: .001m));
        await ledger.StopAsync(Cancellation);

        Assert.Equal((5000L, 5m), await SumAsync());
        Assert.Equal(5000, await _desk.InAsync(tx => tx.FirstAsync<long>("select count(*) from model_call", null, Cancellation)));
    }

    [Fact]
    public async Task While_it_runs_calls_are_written_each_second()
    {
        using var ledger = Ledger(ModelBudget.None);
        await ledger.StartAsync(Cancellation);
        ledger.Add(new ModelUse(_desk.Tenant), Call(cost: 1));
        _desk.Clock.Advance(await _desk.Clock.ArmedAsync(TimeSpan.FromSeconds(1)));

        await Eventually.HoldsAsync(async () => await SumAsync() == (1, 1m), "the call is written");
        await ledger.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_spent_budget_refuses_calls_until_the_next_day_in_UTC()
    {
        using var ledger = Ledger(new ModelBudget(Cost: 1, Tokens: 0));
        await ledger.RefuseIfSpentAsync(_desk.Tenant, Cancellation);
        ledger.Add(new ModelUse(_desk.Tenant), Call(cost: .6m));
        await ledger.RefuseIfSpentAsync(_desk.Tenant, Cancellation);
        // At once, not when it is written.
        ledger.Add(new ModelUse(_desk.Tenant), Call(cost: .4m));
        await RefusedAsync(ledger);
        await ledger.WriteAsync(Cancellation);
        await RefusedAsync(ledger);
        await ledger.RefuseIfSpentAsync(new TenantId(Guid.NewGuid()), Cancellation);

        _desk.Clock.Advance(TimeSpan.FromHours(12));
        await ledger.RefuseIfSpentAsync(_desk.Tenant, Cancellation);
    }

    [Fact]
    public async Task The_budget_survives_a_restart_and_counts_what_other_processes_spend()
    {
        var budget = new ModelBudget(Cost: 0, Tokens: 1000);
        using var ledger = Ledger(budget);
        using var neighbour = Ledger(budget);
        ledger.Add(new ModelUse(_desk.Tenant), Call(prompt: 500, completion: 100));
        await neighbour.RefuseIfSpentAsync(_desk.Tenant, Cancellation);
        neighbour.Add(new ModelUse(_desk.Tenant), Call(prompt: 300, completion: 100));
        await ledger.WriteAsync(Cancellation);
        await neighbour.WriteAsync(Cancellation);
        await RefusedAsync(neighbour);

        using var restarted = Ledger(budget);
        await RefusedAsync(restarted);
    }

    [Fact]
    public async Task The_admins_are_told_once_a_day_that_it_is_spent()
    {
        using var ledger = Ledger(new ModelBudget(Cost: 1, Tokens: 0));
        using var neighbour = Ledger(new ModelBudget(Cost: 1, Tokens: 0));
        for (var i = 0; i < 3; i++)
        {
            ledger.Add(new ModelUse(_desk.Tenant), Call(cost: 1));
            await ledger.WriteAsync(Cancellation);
            neighbour.Add(new ModelUse(_desk.Tenant), Call(cost: 1));
            await neighbour.WriteAsync(Cancellation);
        }
        Assert.Equal([LabelDesk.Group], await NoticesAsync());

        _desk.Clock.Advance(TimeSpan.FromDays(1));
        ledger.Add(new ModelUse(_desk.Tenant), Call(cost: 1));
        await ledger.WriteAsync(Cancellation);
        Assert.Equal([LabelDesk.Group, LabelDesk.Group], await NoticesAsync());
    }

    [Fact]
    public async Task Who_could_not_be_told_when_it_was_spent_is_told_when_calls_are_refused()
    {
        using var ledger = Ledger(new ModelBudget(Cost: 1, Tokens: 0));
        await _desk.InAsync(tx => tx.ExecuteAsync("insert into model_day (tenant_id, day, cost) values (@tenant, '2026-03-01', 1)", new { tenant = _desk.Tenant.Value }, Cancellation));
        await RefusedAsync(ledger);
        await RefusedAsync(ledger);
        await ledger.WriteAsync(Cancellation);
        await RefusedAsync(ledger);
        _desk.Clock.Advance(TimeSpan.FromMinutes(2));
        await RefusedAsync(ledger);
        await ledger.WriteAsync(Cancellation);

        Assert.Equal([LabelDesk.Group], await NoticesAsync());
    }

    [Fact]
    public async Task Single_calls_are_kept_for_a_quarter_and_sums_for_good()
    {
        using var ledger = Ledger(ModelBudget.None);
        ledger.Add(new ModelUse(_desk.Tenant), Call(cost: 1));
        await ledger.WriteAsync(Cancellation);
        _desk.Clock.Advance(TimeSpan.FromDays(93));
        ledger.Add(new ModelUse(_desk.Tenant), Call(cost: 2));
        await ledger.WriteAsync(Cancellation);

        Assert.Equal([2m], await _desk.InAsync(tx => tx.QueryAsync<decimal>("select cost from model_call", null, Cancellation)));
        Assert.Equal([1m, 2m], await _desk.InAsync(tx => tx.QueryAsync<decimal>("select cost from model_day order by day", null, Cancellation)));
    }

    [Fact]
    public async Task Without_its_database_it_counts_for_itself()
    {
        await using var away = MigratedDatabase.Open("Host=127.0.0.1;Port=1;Username=nobody;Database=none");
        using var ledger = new ModelLedger(away, Bots, _desk.Desk.Services.GetRequiredService<IWorkQueue>(), new ModelBudget(1, 0), _desk.Clock, NullLogger<ModelLedger>.Instance);

        await ledger.RefuseIfSpentAsync(_desk.Tenant, Cancellation);
        ledger.Add(new ModelUse(_desk.Tenant), Call(cost: 1));
        await RefusedAsync(ledger);
        await ledger.StopAsync(Cancellation);
    }

    private BotDirectory Bots => new(_desk.Desk.Database, Box, _desk.Clock);

    private ModelLedger Ledger(ModelBudget budget) =>
        new(_desk.Desk.Database, Bots, _desk.Desk.Services.GetRequiredService<IWorkQueue>(), budget, _desk.Clock, NullLogger<ModelLedger>.Instance);

    private static ModelCall Call(decimal cost = 0, int prompt = 1, int completion = 1) =>
        new(ModelRole.Answer, "chat-1", prompt, 0, completion, cost, TimeSpan.FromSeconds(1.5), null);

    private async Task RefusedAsync(ModelLedger ledger) =>
        Assert.Equal(ModelFailure.OverBudget, (await Assert.ThrowsAsync<ModelException>(() => ledger.RefuseIfSpentAsync(_desk.Tenant, Cancellation).AsTask())).Failure);

    private Task<(long, decimal)> SumAsync() => _desk.InAsync(tx => tx.FirstAsync<(long, decimal)>("select calls, cost from model_day", null, Cancellation));

    private Task<IReadOnlyList<long>> NoticesAsync() => _desk.InAsync(tx => tx.QueryAsync<long>(
        "select chat_id from outbox where purpose = @purpose and body::text like '%budget for language models%'", new { purpose = Purposes.Notice }, Cancellation));
}
