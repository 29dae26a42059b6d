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
    private bool _isCounted;
    private Func<int>? _sent;

    public ModelTarget Target => target;

    public TimeSpan Limit => limit;

    /// <summary>It lasts longer than the method that began it, which then does not end it.</summary>
    public bool IsStream { get; set; }

    /// <summary>What is on its way to the service. It may charge for it whatever comes back, or nothing in time.</summary>
    /// <param name="tokens">An estimate.</param>
    public void Sends(Func<int> tokens) => _sent = tokens;

    /// <summary>What the service counted, or an estimate.</summary>
    public void Count(UsageDetails? usage, string completion)
    {
        _isCounted = true;
        if (usage?.InputTokenCount is { } input)
            (_prompt, _cached, _completion) = ((int)input, (int)(usage.CachedInputTokenCount ?? 0), (int)(usage.OutputTokenCount ?? 0));
        else
            (_prompt, _cached, _completion) = (_sent?.Invoke() ?? 0, 0, TokenCount.Estimate(completion));
    }

    /// <param name="mayHaveCost">The service may have done the work: it took too long, was given up, or answered what cannot be used.</param>
    public void End(ModelFailure? failure, bool mayHaveCost = false)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        slot.Free();
        if (use is null)
            return;
        if (mayHaveCost && !_isCounted && _sent is { } sent)
            _prompt = sent();
        var call = new ModelCall(target.Role, target.Model, _prompt, _cached, _completion, target.Price.CostOf(_prompt, _cached, _completion), clock.GetElapsedTime(_began), failure);
        use.Add(call);
        ledger.Add(use, call);
    }
}
