using Support.Models;

namespace Support.OpenAi.Calls;

/// <summary>One try gave nothing. The message holds codes and names of settings, never what a service wrote: that may repeat a key or a customer.</summary>
internal sealed class CallFailedException(ModelFailure failure, string message) : Exception(message)
{
    public ModelFailure Failure { get; } = failure;

    /// <summary>The same call may succeed a moment later.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>It waited for all the time of one try; another would do so as well.</summary>
    public bool IsTimeout { get; init; }

    /// <summary>The service may have done the work, and charge for it.</summary>
    public bool MayHaveCost => IsTimeout || IsBroken || Failure == ModelFailure.BadAnswer;

    /// <summary>The connection broke after the request had left.</summary>
    public bool IsBroken { get; init; }

    /// <summary>The service itself is in trouble, whatever it was asked.</summary>
    public bool IsServiceDown { get; init; }

    /// <summary>How long to wait before the next try, as the service asks.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
