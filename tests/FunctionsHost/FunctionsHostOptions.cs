namespace Support.FunctionsHost;

/// <summary>Which app to run, and on what.</summary>
public sealed class FunctionsHostOptions
{
    /// <summary>The published folder: host.json and a folder for each function.</summary>
    public required string AppFolder { get; init; }

    /// <summary>Where to listen on 127.0.0.1; 0 takes a free port.</summary>
    public int Port { get; init; }

    /// <summary>
    /// The app's settings, beside the environment of this process and before it; a null takes a variable away. The host reads its
    /// own from here as well: AzureWebJobsStorage, AzureWebJobsDisableHomepage, and whatever a binding's "connection" names.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>For polling, timers and functionTimeout. Whether the handler came up is always measured in real time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// How long a message is hidden while it is worked on; renewed at half of it. The real host takes ten minutes, whatever
    /// host.json says (visibilityTimeout is only the pause after a failure): what a host held that was itself killed comes back after it.
    /// </summary>
    public TimeSpan MessageHold { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Everything the host and the handler say. Called from several threads.</summary>
    public Action<HostLine> Log { get; init; } = _ => { };
}
