using Support.Tenants;

namespace Support.Models;

/// <summary>Where calls of models are written down, and whether a company may make another one.</summary>
public interface IModelLedger
{
    /// <exception cref="ModelException"><see cref="ModelFailure.OverBudget"/>: the company's budget of this UTC day is spent.</exception>
    ValueTask RefuseIfSpentAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Takes a call that has ended. Never waits.</summary>
    void Add(ModelUse use, ModelCall call);
}

/// <summary>For measuring without a database: what a <see cref="ModelUse"/> holds is all that is known.</summary>
public sealed class NoLedger : IModelLedger
{
    public ValueTask RefuseIfSpentAsync(TenantId tenant, CancellationToken cancellation) => ValueTask.CompletedTask;

    public void Add(ModelUse use, ModelCall call)
    {
        // The use has it already.
    }
}
