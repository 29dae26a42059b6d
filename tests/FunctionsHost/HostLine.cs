using Microsoft.Extensions.Logging;

namespace Support.FunctionsHost;

/// <param name="Source">"host", "handler" (its standard output and error), or the function's name.</param>
public sealed record HostLine(LogLevel Level, string Source, string Text)
{
    public const string Host = "host";
    public const string Handler = "handler";

    public override string ToString() => $"{Level} {Source}: {Text}";
}
