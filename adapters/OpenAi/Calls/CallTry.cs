using Microsoft.Extensions.AI;
using Support.Knowledge;
using Support.Models;
using Support.OpenAi.Settings;

namespace Support.OpenAi.Calls;

/// <summary>One try of one call: where it goes, how long it may take, what it used. Written down once, when it ends.</summary>
/// <param name="use">Null at the start's check, which is on nobody's account.</param>
internal sealed class CallTry(ModelTarget target, ModelUse? use, IModelLedger ledger, Slot slot, TimeSpan limit, TimeProvider clock)
{
    private readonly long _began = clock.GetTimestamp();
    private int _isEnded;
    private int _prompt;
    private int _cached;
    private int _completion;

    public ModelTarget Target => target;

    public TimeSpan Limit => limit;

    /// <summary>It lasts longer than the method that began it, which then does not end it.</summary>
    public bool IsStream { get; set; }

    /// <summary>What the service counted, or an estimate.</summary>
    public void Count(UsageDetails? usage, Func<string> prompt, string completion)
    {
        if (usage?.InputTokenCount is { } input)
            (_prompt, _cached, _completion) = ((int)input, (int)(usage.CachedInputTokenCount ?? 0), (int)(usage.OutputTokenCount ?? 0));
        else
            (_prompt, _cached, _completion) = (TokenCount.Estimate(prompt()), 0, TokenCount.Estimate(completion));
    }

    public void End(ModelFailure? failure)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        slot.Free();
        if (use is null)
            return;
        var call = new ModelCall(target.Role, target.Model, _prompt, _cached, _completion, target.Price.CostOf(_prompt, _cached, _completion), clock.GetElapsedTime(_began), failure);
        use.Add(call);
        ledger.Add(use, call);
    }
}
