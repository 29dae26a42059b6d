namespace Support.Models;

/// <summary>What one company has spent on one UTC day: what the database says, and what this process has not written there yet.</summary>
internal sealed class DaySpending(DateOnly day)
{
    private static readonly TimeSpan BetweenTellings = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private decimal _storedCost;
    private long _storedTokens;
    private decimal _newCost;
    private long _newTokens;
    private DateTimeOffset _lastTold;

    public DateOnly Day { get; } = day;

    /// <summary>The database was asked.</summary>
    public bool IsRead { get; private set; }

    public bool IsSpent(ModelBudget budget)
    {
        lock (_lock)
            return budget.IsSpent(_storedCost + _newCost, _storedTokens + _newTokens);
    }

    /// <summary>Now and then, while calls are refused.</summary>
    public bool IsToBeTold(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now - _lastTold < BetweenTellings)
                return false;
            _lastTold = now;
            return true;
        }
    }

    public void Add(decimal cost, long tokens)
    {
        lock (_lock)
        {
            _newCost += cost;
            _newTokens += tokens;
        }
    }

    public void Read(decimal cost, long tokens) => Written(0, 0, cost, tokens);

    /// <param name="cost">Of what was new, this is written now.</param>
    /// <param name="tokens">The same.</param>
    /// <param name="storedCost">The day's sum in the database, other processes' calls included.</param>
    /// <param name="storedTokens">The same.</param>
    public void Written(decimal cost, long tokens, decimal storedCost, long storedTokens)
    {
        lock (_lock)
        {
            _newCost -= cost;
            _newTokens -= tokens;
            _storedCost = storedCost;
            _storedTokens = storedTokens;
            IsRead = true;
        }
    }
}
