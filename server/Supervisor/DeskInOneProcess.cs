namespace Support.Server.Supervisor;

/// <summary>The embedded default: <c>serve</c>, in a process of its own.</summary>
internal sealed class DeskInOneProcess(DataFolder data, string url, Action<string> say, TimeProvider clock) : IRunningDesk
{
    private readonly ChildProcess _desk = new(ChildProgram.Desk(data), say, clock);

    public string Url => url;

    public string DocumentsUrl => url;

    public int? Pid => _desk.Pid;

    public int Restarts => _desk.Restarts;

    public void Start(IReadOnlyDictionary<string, string> settings) => _desk.Start(settings);

    /// <summary>It prepares itself before it says that it is well.</summary>
    public Task PrepareAsync(CancellationToken cancel) => Task.CompletedTask;

    public void Kill() => _desk.Kill();

    public void Change(string setting, string value) => _desk.Change(setting, value);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
