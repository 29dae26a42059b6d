using System.Runtime.InteropServices;

namespace Support.FunctionsHost;

/// <summary>Ctrl-C, SIGTERM, and the end of the standard input if it is watched.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _came = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignal(bool watchesInput)
    {
        _registrations = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal => PosixSignalRegistration.Create(signal, Come))];
        if (watchesInput)
            new Thread(ReadToEnd) { IsBackground = true, Name = nameof(StopSignal) }.Start();
    }

    public CancellationToken Token => _came.Token;

    private void Come(PosixSignalContext context)
    {
        context.Cancel = true;
        _came.Cancel();
    }

    private void ReadToEnd()
    {
        var input = Console.OpenStandardInput();
        var buffer = new byte[64];
        while (input.Read(buffer) > 0)
        {
            // Nothing is said on this pipe; only its end counts.
        }

        _came.Cancel();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
