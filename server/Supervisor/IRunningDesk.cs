namespace Support.Server.Supervisor;

/// <summary>The desk as its supervisor sees it: one process, or two function apps.</summary>
internal interface IRunningDesk : IAsyncDisposable
{
    /// <summary>Where its own doors and the webhook are.</summary>
    string Url { get; }

    /// <summary>Where documents are handed in.</summary>
    string DocumentsUrl { get; }

    /// <summary>Null while it does not run.</summary>
    int? Pid { get; }

    /// <summary>How often it was started again.</summary>
    int Restarts { get; }

    /// <param name="settings">Environment variables, beside those of this process.</param>
    void Start(IReadOnlyDictionary<string, string> settings);

    /// <summary>What must be done once it answers, before it can work.</summary>
    Task PrepareAsync(CancellationToken cancel);

    /// <summary>Ends it as a power cut would; it comes back after two seconds.</summary>
    void Kill();

    /// <summary>Starts it again with one setting changed.</summary>
    void Change(string setting, string value);
}
