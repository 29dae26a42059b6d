using System.Diagnostics;
using System.Globalization;
using Support.FunctionsHost.App;

namespace Support.FunctionsHost.Handler;

/// <summary>One life of the handler.</summary>
internal sealed class HandlerProcess : IDisposable
{
    private const int LinesKept = 3;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Queue<string> _errors = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HandlerProcess(Process process, int port, HostLog log)
    {
        (_process, Port) = (process, port);
        process.Exited += (_, _) => _exited.TrySetResult();
        process.OutputDataReceived += (_, line) => Hear(line.Data, log.Output);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, text =>
        {
            Keep(text);
            log.ErrorOutput(text);
        });
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    public int Port { get; }

    /// <summary>Killed by the host: neither an error nor an end.</summary>
    public bool Intended { get; private set; }

    public Task Exited => _exited.Task;

    public int ExitCode => _process.ExitCode;

    public static async Task<HandlerProcess> StartAsync(HandlerCommand command, string appFolder, AppSettings settings, HostLog log)
    {
        var port = FreePort.Take();
        var process = await Launcher.StartAsync(command.Executable, command.Arguments, start =>
        {
            start.WorkingDirectory = command.Folder;
            start.UseShellExecute = false;
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            settings.ApplyTo(start.Environment);
            start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
            start.Environment["FUNCTIONS_APP_ROOT_PATH"] = appFolder;
        });
        return new HandlerProcess(process, port, log);
    }

    /// <summary>Without SIGTERM: the handler gets no chance to finish anything.</summary>
    public void Kill()
    {
        Intended = true;
        _process.Kill();
    }

    /// <summary>The last lines of its standard error, once it has ended; empty if there were none.</summary>
    public async Task<string> LastErrorsAsync()
    {
        // A child of the handler may hold its output open, so this has an end.
        await Task.WhenAny(_process.WaitForExitAsync(CancellationToken.None), Task.Delay(LastWords, TimeProvider.System));
        lock (_errors)
            return string.Join(Environment.NewLine, _errors);
    }

    private static void Hear(string? line, Action<string> hear)
    {
        if (line is not null)
            hear(line);
    }

    private void Keep(string line)
    {
        lock (_errors)
        {
            _errors.Enqueue(line);
            if (_errors.Count > LinesKept)
                _errors.Dequeue();
        }
    }

    public void Dispose() => _process.Dispose();
}
