using Support.Conversations;
using Support.Tenants;

namespace Support.Tests.Tickets;

/// <summary>Remembers how a button was answered; nothing else may be sent past the outbox.</summary>
public sealed class NoticeBoard : IMessenger
{
    public string? Notice { get; private set; }

    public ValueTask AnswerButtonAsync(BotId bot, string queryId, string? notice, bool alert, CancellationToken cancellation)
    {
        Notice = notice;
        return ValueTask.CompletedTask;
    }

    public ValueTask<Delivery> SendAsync(BotId bot, long chat, Outgoing message, CancellationToken cancellation) => throw Unexpected(nameof(SendAsync));

    public ValueTask ShowTypingAsync(BotId bot, long chat, long? thread, CancellationToken cancellation) => throw Unexpected(nameof(ShowTypingAsync));

    public ValueTask<bool> ShowDraftAsync(BotId bot, long chat, long? thread, long draft, string text, CancellationToken cancellation) => throw Unexpected(nameof(ShowDraftAsync));

    public ValueTask<FileDownload> DownloadAsync(BotId bot, string fileId, long maxBytes, CancellationToken cancellation) => throw Unexpected(nameof(DownloadAsync));

    public ValueTask<BotStanding> StandingAsync(BotId bot, long chat, CancellationToken cancellation) => throw Unexpected(nameof(StandingAsync));

    public ValueTask LeaveAsync(BotId bot, long chat, CancellationToken cancellation) => throw Unexpected(nameof(LeaveAsync));

    private static InvalidOperationException Unexpected(string call) => new($"Tickets called {call} on the messenger; they may only answer buttons.");
}
