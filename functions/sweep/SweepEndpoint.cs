using Support.Jobs;

namespace Support.Functions;

/// <summary>Finds what was lost or left lying. The first one of a process also brings the desk to what the settings say.</summary>
public sealed class SweepEndpoint(Sweep sweep, SetUpDesk setUp)
{
    private bool _isSetUp;
    private int _runs;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!_isSetUp)
            await setUp.RunAsync(cancellation);
        _isSetUp = true;
        await sweep.RunAsync(Sweep.Grace, cancellation);
        // Seldom is enough, for what is of no use after days; a process that lives shortly does it once.
        if (_runs++ % 128 == 0)
            await sweep.TidyAsync(cancellation);
    }
}
