using Support.Tenants;

namespace Support.Models;

/// <summary>A call that waits to be written.</summary>
internal sealed record EndedCall(TenantId Tenant, Guid Use, ModelCall Call, DateTimeOffset At)
{
    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);

    public long Tokens => (long)Call.PromptTokens + Call.CompletionTokens;
}
