using Support.Tenants;

namespace Support.Replay;

/// <summary>Who may replay a history now. Each takes some memory and asks the desk thousands of questions, while customers are being answered by the same process.</summary>
public sealed class ReplayTurns
{
    /// <summary>At once in one process, of different companies.</summary>
    public const int Most = 2;

    private readonly HashSet<TenantId> _taken = [];

    /// <returns>To be given back; null when it is not this company's turn.</returns>
    public IDisposable? Take(TenantId tenant)
    {
        lock (_taken)
            return _taken.Count < Most && _taken.Add(tenant) ? new Turn(this, tenant) : null;
    }

    private void GiveBack(TenantId tenant)
    {
        lock (_taken)
            _taken.Remove(tenant);
    }

    private sealed class Turn(ReplayTurns turns, TenantId tenant) : IDisposable
    {
        private bool _isGivenBack;

        public void Dispose()
        {
            if (!_isGivenBack)
                turns.GiveBack(tenant);
            _isGivenBack = true;
        }
    }
}
