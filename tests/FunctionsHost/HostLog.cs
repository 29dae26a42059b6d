using Microsoft.Extensions.Logging;

namespace Support.FunctionsHost;

internal sealed class HostLog(Action<HostLine> write)
{
    public void Say(string text) => write(new HostLine(LogLevel.Information, HostLine.Host, text));

    public void Warn(string source, string text) => write(new HostLine(LogLevel.Warning, source, text));

    public void Error(string source, string text) => write(new HostLine(LogLevel.Error, source, text));

    public void Of(string function, string text) => write(new HostLine(LogLevel.Information, function, text));

    public void Output(string line) => write(new HostLine(LogLevel.Information, HostLine.Handler, line));

    /// <summary>What a handler writes to its standard error is an error, unless it speaks of a warning.</summary>
    public void ErrorOutput(string line) =>
        write(new HostLine(line.Contains("warn", StringComparison.OrdinalIgnoreCase) ? LogLevel.Warning : LogLevel.Error, HostLine.Handler, line));
}
