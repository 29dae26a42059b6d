using Support.Tenants;

namespace Support.Replay;

/// <summary>
/// Who may replay a history now, and for how long. Each takes some memory and asks the desk thousands of questions, while customers are being answered by
/// the same process. Other processes of the desk have turns of their own.
/// </summary>
public sealed class ReplayTurns(TimeProvider clock)
{
    /// <summary>At once in one process, of different companies.</summary>
    public const int Most = 2;

    /// <summary>From the first byte to the answer: as long as the Functions host on Azure waits for one. Slow uploads must not stop the others for good.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(230);

    private readonly HashSet<TenantId> _taken = [];

    /// <param name="cancellation">Of the request.</param>
    /// <returns>To be given back; null when it is not this company's turn.</returns>
    public ReplayTurn? Take(TenantId tenant, CancellationToken cancellation)
    {
        lock (_taken)
            if (_taken.Count >= Most || !_taken.Add(tenant))
                return null;
        return new ReplayTurn(() => GiveBack(tenant), Longest, clock, cancellation);
    }

    private void GiveBack(TenantId tenant)
    {
        lock (_taken)
            _taken.Remove(tenant);
    }
}

/// <summary>It ends when it is given back; what is done in it is cancelled when its time is over.</summary>
public sealed class ReplayTurn : IDisposable
{
    private readonly Action _giveBack;
    private readonly CancellationToken _request;
    private readonly CancellationTokenSource _time;
    private readonly CancellationTokenSource _either;
    private bool _isGivenBack;

    internal ReplayTurn(Action giveBack, TimeSpan longest, TimeProvider clock, CancellationToken request)
    {
        _giveBack = giveBack;
        _request = request;
        _time = new CancellationTokenSource(longest, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(request, _time.Token);
        Cancellation = _either.Token;
    }

    /// <summary>The request's own, or the time is over.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Whoever asked still waits for an answer, and it will not come.</summary>
    public bool IsTimeOver => _time.IsCancellationRequested && !_request.IsCancellationRequested;

    public void Dispose()
    {
        if (_isGivenBack)
            return;
        _isGivenBack = true;
        _either.Dispose();
        _time.Dispose();
        _giveBack();
    }
}
