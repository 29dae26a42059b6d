using Support.Confidence;
using Support.Models;
using Support.Tenants;

namespace Support.Questions;

/// <summary>A question about which it is to be decided.</summary>
/// <param name="AtLeast">The knowledge change number that must be visible.</param>
/// <param name="Judged">What the tenant's owner chose and its labels tell.</param>
public sealed record QuestionToDecide(TenantId Tenant, string Text, string Language, long AtLeast, TenantConfidence Judged)
{
    /// <summary>How often in a row the bot has already asked what is meant, and was not told by a choice.</summary>
    public int AskedBackBefore { get; init; }

    /// <summary>What the conversation was about; null if that is long ago.</summary>
    public Earlier? Earlier { get; init; }

    /// <summary>How long models have been at work for it already, reading what is no text.</summary>
    public TimeSpan Spent { get; init; }

    /// <summary>On whose account models may be asked; null where none may but the one that embeds.</summary>
    public ModelUse? Use { get; init; }

    /// <summary>On whose account the question is embedded, where there is a model for that; null: on one of its own.</summary>
    public ModelUse? Account { get; init; }

    /// <summary>Called with what an answer will say, as far as it is written and checked; null where nobody watches.</summary>
    public Action<string>? Show { get; init; }
}
