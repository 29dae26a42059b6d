using Support.Tenants;

namespace Support.Functions;

/// <summary>
/// Updates of one chat that are handled in the same moment take turns, in the order in which they entered. The queue knows no
/// order, and two commands or two replies of an admin in quick succession would be carried out in any.
/// </summary>
public sealed class ChatTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(BotId Bot, long Chat), Turn> _last = [];

    /// <param name="chat">Null for what belongs to no chat and waits for nobody.</param>
    public Turn Enter(BotId bot, long? chat)
    {
        if (chat is null)
            return new Turn(Task.CompletedTask, static _ => { });
        var key = (bot, chat.Value);
        lock (_lock)
        {
            var before = _last.GetValueOrDefault(key);
            return _last[key] = new Turn(before?.Over ?? Task.CompletedTask, turn => Forget(key, turn));
        }
    }

    private void Forget((BotId, long) key, Turn turn)
    {
        lock (_lock)
        {
            if (_last.GetValueOrDefault(key) == turn)
                _last.Remove(key);
        }
    }

    /// <summary>Dispose it when the update is done, however that ended.</summary>
    public sealed class Turn(Task comes, Action<Turn> leave) : IDisposable
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Comes { get; } = comes;

        internal Task Over => _over.Task;

        public void Dispose()
        {
            leave(this);
            _over.TrySetResult();
        }
    }
}
