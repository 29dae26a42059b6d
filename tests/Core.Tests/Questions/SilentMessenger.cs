using System.Collections.Concurrent;
using Support.Conversations;
using Support.Tenants;

namespace Support.Tests.Questions;

/// <summary>Shows nothing to anybody and keeps the notices that buttons were answered with.</summary>
internal sealed class SilentMessenger : IMessenger
{
    public ConcurrentQueue<string?> Notices { get; } = new();

    public ValueTask AnswerButtonAsync(BotId bot, string queryId, string? notice, bool alert, CancellationToken cancellation)
    {
        Notices.Enqueue(notice);
        return ValueTask.CompletedTask;
    }

    public ValueTask ShowTypingAsync(BotId bot, long chat, long? thread, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<bool> ShowDraftAsync(BotId bot, long chat, long? thread, long draft, string text, CancellationToken cancellation) => ValueTask.FromResult(true);

    public ValueTask<Delivery> SendAsync(BotId bot, long chat, Outgoing message, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>What a file holds, by its id.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    public ValueTask<FileDownload> DownloadAsync(BotId bot, string fileId, long maxBytes, CancellationToken cancellation) =>
        ValueTask.FromResult<FileDownload>(Files.TryGetValue(fileId, out var bytes) ? new FileDownload.Complete(bytes) : new FileDownload.Failed("unknown"));

    public ValueTask<BotStanding> StandingAsync(BotId bot, long chat, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask LeaveAsync(BotId bot, long chat, CancellationToken cancellation) => ValueTask.CompletedTask;
}
