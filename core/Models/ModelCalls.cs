using Support.Database;

namespace Support.Models;

/// <summary>The rows of calls and the sum of a day.</summary>
internal static class ModelCalls
{
    /// <summary>Single calls are kept for a quarter; sums stay.</summary>
    private const string Insert =
        """
        with old as (
            delete from model_call where ctid = any (array(
                select ctid from model_call where tenant_id = @tenant and at < @now - interval '92 days' order by at limit 5000))
        )
        insert into model_call (tenant_id, use_id, role, model, prompt_tokens, cached_tokens, completion_tokens, cost, ms, failure, at)
        select @tenant, * from unnest(@uses, @roles, @models, @prompts, @cached, @completions, @costs, @ms, @failures, @ats)
        """;

    private const string AddUp =
        """
        insert into model_day as known (tenant_id, day, calls, failed, prompt_tokens, cached_tokens, completion_tokens, cost)
        values (@tenant, @day, @calls, @failed, @prompt, @cached, @completion, @cost)
        on conflict (tenant_id, day) do update set
            calls = known.calls + excluded.calls, failed = known.failed + excluded.failed, prompt_tokens = known.prompt_tokens + excluded.prompt_tokens,
            cached_tokens = known.cached_tokens + excluded.cached_tokens, completion_tokens = known.completion_tokens + excluded.completion_tokens,
            cost = known.cost + excluded.cost
        returning cost, prompt_tokens + completion_tokens as tokens, told
        """;

    /// <returns>The day's sum with these.</returns>
    public static async Task<DaySum> AddAsync(TenantTransaction transaction, DateOnly day, IReadOnlyList<EndedCall> calls, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(Insert, new
        {
            tenant = transaction.Tenant.Value,
            now = calls.Max(call => call.At),
            uses = calls.Select(call => call.Use).ToArray(),
            roles = calls.Select(call => call.Call.Role.ToString()).ToArray(),
            models = calls.Select(call => call.Call.Model).ToArray(),
            prompts = calls.Select(call => call.Call.PromptTokens).ToArray(),
            cached = calls.Select(call => call.Call.CachedTokens).ToArray(),
            completions = calls.Select(call => call.Call.CompletionTokens).ToArray(),
            costs = calls.Select(call => call.Call.Cost).ToArray(),
            ms = calls.Select(call => (int)Math.Min(int.MaxValue, call.Call.Took.TotalMilliseconds)).ToArray(),
            failures = calls.Select(call => call.Call.Failure?.ToString()).ToArray(),
            ats = calls.Select(call => call.At).ToArray(),
        }, cancellation);
        return await transaction.FirstAsync<DaySum>(AddUp, new
        {
            tenant = transaction.Tenant.Value,
            day,
            calls = (long)calls.Count,
            failed = calls.LongCount(call => call.Call.Failure is not null),
            prompt = calls.Sum(call => (long)call.Call.PromptTokens),
            cached = calls.Sum(call => (long)call.Call.CachedTokens),
            completion = calls.Sum(call => (long)call.Call.CompletionTokens),
            cost = calls.Sum(call => call.Call.Cost),
        }, cancellation) ?? new DaySum();
    }

    private const string Sum = "select cost, prompt_tokens + completion_tokens as tokens, told from model_day where tenant_id = @tenant and day = @day";

    public static async Task<DaySum> SumAsync(TenantTransaction transaction, DateOnly day, CancellationToken cancellation) =>
        await transaction.FirstAsync<DaySum>(Sum, new { tenant = transaction.Tenant.Value, day }, cancellation) ?? new DaySum();

    private const string Mark = "update model_day set told = true where tenant_id = @tenant and day = @day and not told";

    /// <returns>False when somebody else has told them, or is about to.</returns>
    public static async Task<bool> TryMarkToldAsync(TenantTransaction transaction, DateOnly day, CancellationToken cancellation) =>
        await transaction.ExecuteAsync(Mark, new { tenant = transaction.Tenant.Value, day }, cancellation) == 1;
}

/// <param name="Tokens">Prompt and completion together.</param>
/// <param name="Told">The admins know that the budget is spent.</param>
internal sealed record DaySum(decimal Cost = 0, long Tokens = 0, bool Told = false)
{
    public DaySum() : this(0)
    {
    }
}
