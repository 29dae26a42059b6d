namespace Support.Telegram.Updates;

/// <summary>Doubling pauses with jitter: half to all of 1, 2, 4 … s, 30 s at most.</summary>
internal sealed class Backoff
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private int _failures;

    public TimeSpan Next()
    {
        var whole = Math.Min(Longest.TotalSeconds, Math.Pow(2, _failures));
        _failures = Math.Min(_failures + 1, 10);
        return TimeSpan.FromSeconds(whole * (0.5 + Random.Shared.NextDouble() / 2));
    }

    public void Reset() => _failures = 0;
}
