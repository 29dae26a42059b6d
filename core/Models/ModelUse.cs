using Support.Tenants;

namespace Support.Models;

/// <summary>On whose account models are called, and what it came to: one of these for each question, and for each document that is indexed.</summary>
public sealed class ModelUse(TenantId tenant)
{
    private readonly Lock _adding = new();
    private readonly List<ModelCall> _calls = [];

    /// <summary>Kept with each call of it; who stores a question keeps it there as well (<c>question.model_use</c>).</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    public TenantId Tenant { get; } = tenant;

    /// <summary>Cancelled when all calls together have taken as long as somebody will wait. What is not done by then is done without models.</summary>
    public CancellationToken Patience { get; set; }

    /// <summary>Calls that were made, failed ones included, in the order they ended.</summary>
    public IReadOnlyList<ModelCall> Calls
    {
        get
        {
            lock (_adding)
                return [.. _calls];
        }
    }

    public void Add(ModelCall call)
    {
        lock (_adding)
            _calls.Add(call);
    }
}

/// <param name="Model">By the name its service knows it by.</param>
/// <param name="PromptTokens">As the service counted them, those it had in its cache included; estimated where it counts none.</param>
/// <param name="CachedTokens">Of the prompt's.</param>
/// <param name="Cost">In the currency of the prices in the settings; 0 where no price is set.</param>
/// <param name="Failure">Null when it succeeded.</param>
public sealed record ModelCall(
    ModelRole Role, string Model, int PromptTokens, int CachedTokens, int CompletionTokens, decimal Cost, TimeSpan Took, ModelFailure? Failure);
