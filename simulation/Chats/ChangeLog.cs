using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>What somebody looking at the chats sees happen, numbered, for the page that follows it. Bounded: who falls too far behind reads the chats anew.</summary>
internal sealed class ChangeLog
{
    private const int Kept = 5000;

    private readonly Queue<Change> _changes = new();
    private TaskCompletionSource _next = New();

    public long Last { get; private set; }

    /// <summary>Completes with the next change.</summary>
    public Task NextAsync() => _next.Task;

    public void Add(Func<long, Change> change)
    {
        _changes.Enqueue(change(++Last));
        if (_changes.Count > Kept)
            _changes.Dequeue();
        var waiting = _next;
        _next = New();
        waiting.TrySetResult();
    }

    /// <summary>A number from before a restart is larger than any here: then everything is new.</summary>
    public IReadOnlyList<Change> Since(long number) => [.. _changes.Where(change => change.Number > number || number > Last)];

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal abstract record Change(long Number, long Bot)
{
    internal sealed record Wrote(long Number, long Bot, Message Message) : Change(Number, Bot);

    internal sealed record Removed(long Number, long Bot, long Chat, long MessageId) : Change(Number, Bot);

    internal sealed record Noticed(long Number, PressedButton Button) : Change(Number, Button.Bot);

    internal sealed record Typed(long Number, long Bot, long Chat, long? Thread, string Action, DateTimeOffset Until) : Change(Number, Bot);

    internal sealed record Drafted(long Number, long Bot, long Chat, long DraftId, FormattedText Text, DateTimeOffset Until) : Change(Number, Bot);
}
