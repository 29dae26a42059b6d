using Support.Models;

namespace Support.Knowledge.Rounds;

/// <summary>
/// Whether a round goes on to the next company. What fails for one may work for another, so the next is asked once, with one text; when that fails as well the service is
/// left alone until the next round.
/// </summary>
internal sealed class ServiceHealth
{
    /// <summary>It failed for the company before: the next call shows whether it fails for all.</summary>
    public bool IsInDoubt { get; private set; }

    /// <param name="hasAnswered">For this company, whatever came then.</param>
    /// <returns>False when the round is over.</returns>
    public bool GoesOn(bool hasAnswered, ModelException? failure)
    {
        if (hasAnswered)
            IsInDoubt = false;
        switch (failure?.Failure)
        {
            case null or ModelFailure.OverBudget:
                // It was not asked at all, which says nothing about it.
                return true;
            case ModelFailure.Misconfigured or ModelFailure.NotConfigured:
                return false;
            default:
                var wasInDoubt = IsInDoubt;
                IsInDoubt = true;
                return !wasInDoubt;
        }
    }
}
