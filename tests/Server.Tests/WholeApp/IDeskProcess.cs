namespace Support.Tests.WholeApp;

/// <summary>The desk as tests drive it: the server process, or both published function apps.</summary>
internal interface IDeskProcess : IAsyncDisposable
{
    /// <summary>Where the webhook and the desk's own doors are.</summary>
    string Url { get; }

    /// <summary>Where documents are handed in.</summary>
    string DocumentsUrl { get; }

    /// <summary>The last lines it said.</summary>
    string Output { get; }

    Task UntilHealthyAsync();

    Task<bool> IsHealthyAsync();

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    Task KillAsync();

    /// <summary>Starts it again.</summary>
    void Launch();
}
