using Support.Jobs;

namespace Support.Functions;

/// <summary>Finds what was lost or left lying. The first one of a process also brings the desk to what the settings say.</summary>
public sealed class SweepEndpoint(Sweep sweep, SetUpDesk setUp)
{
    /// <summary>Runs between two tries to reach Telegram: some minutes.</summary>
    private const int BetweenTries = 16;

    private bool _isPrepared;
    private bool _isRegistered;
    private int _runs;

    /// <summary>Before the process does any job: the database may still have the shape of the version before.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        if (!_isPrepared)
            await setUp.PrepareAsync(cancellation);
        _isPrepared = true;
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        await sweep.RunAsync(Sweep.Grace, cancellation);
        // Seldom is enough, for what is of no use after days; a process that lives shortly does it once.
        if (_runs % 128 == 0)
            await sweep.TidyAsync(cancellation);
        // Last: Telegram may be slow or away.
        if (!_isRegistered && _runs % BetweenTries == 0)
            _isRegistered = (await setUp.RegisterAsync(cancellation)).All(bot => bot.Problem is null);
        _runs++;
    }
}
