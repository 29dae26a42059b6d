using Support.Conversations;
using Support.Tenants;

namespace Support.Bench.Speed.Scale;

/// <summary>Takes everything and says nothing: only the database is measured.</summary>
internal sealed class SilentMessenger : IMessenger
{
    public ValueTask<Delivery> SendAsync(BotId bot, long chat, Outgoing message, CancellationToken cancellation) => new(new Delivery.Delivered(0));

    public ValueTask ShowTypingAsync(BotId bot, long chat, long? thread, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<bool> ShowDraftAsync(BotId bot, long chat, long? thread, long draft, string text, CancellationToken cancellation) => ValueTask.FromResult(true);

    public ValueTask AnswerButtonAsync(BotId bot, string queryId, string? notice, bool alert, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<FileDownload> DownloadAsync(BotId bot, string fileId, long maxBytes, CancellationToken cancellation) => new(new FileDownload.Failed("nothing is sent here"));

    public ValueTask<BotStanding> StandingAsync(BotId bot, long chat, CancellationToken cancellation) => new(BotStanding.Absent);

    public ValueTask LeaveAsync(BotId bot, long chat, CancellationToken cancellation) => ValueTask.CompletedTask;
}
