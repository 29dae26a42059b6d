using Support.Conversations;

namespace Support.Bench.Speed.Scale;

/// <summary>Ids that nothing in the world has yet, and messages with them.</summary>
internal sealed class Numbers
{
    private long _last = 3_000_000_000;

    public static Numbers Above(long last) => new() { _last = last };

    public long Next() => ++_last;

    public IncomingMessage MessageOf(Sender from, Chat chat, string text) => new(chat, from, Next(), null, TimeProvider.System.GetUtcNow()) { Text = text };

    public IncomingMessage CommandOf(Sender from, Chat chat, string command) => MessageOf(from, chat, "/" + command) with { Command = command };
}
