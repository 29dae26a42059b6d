using Support.Conversations;

namespace Support.Knowledge;

/// <summary>An editor sent the bot a file: it is fetched after the update is kept, and becomes a document.</summary>
public sealed class EditorFiles(FetchEditorFile fetch)
{
    public async Task ReceiveAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var talk = await ConversationStore.EnsureAsync(scope, message.Chat, message.From, message.Thread, cancellation);
        var name = string.IsNullOrWhiteSpace(message.Medium!.FileName) ? $"file-{message.MessageId}" : message.Medium.FileName;
        if (message.Medium.Size > FetchEditorFile.LargestDownload)
        {
            await SayAsync(scope, talk, Phrases.Html(talk.Language, "document.too.large", name), cancellation);
            return;
        }
        var replaced = await ReplaceDocument.FindAsync(scope, message.From.Id, cancellation);
        if (replaced is not null && !ReplaceDocument.Fits(replaced.Name, name))
        {
            await SayAsync(scope, talk, Phrases.Html(talk.Language, "docs.replace.kind", name, replaced.Name), cancellation);
            return;
        }
        // Fetched inside the transaction: when Telegram does not give it, the job comes back and nothing was said or kept twice.
        var file = await fetch.FetchAsync(scope.Bot.Id, message.Medium.FileId!, cancellation);
        if (file is null)
        {
            await SayAsync(scope, talk, Phrases.Html(talk.Language, "document.fetch.failed", name), cancellation);
            return;
        }
        // A document for staff stays one: a forgotten caption must not show it to customers.
        var audience = IsForStaff(message.Text) ? Audience.Staff : (Audience)(replaced?.Audience ?? (short)Audience.Customers);
        var upload = new Upload(replaced?.Name ?? name, file, audience, $"telegram:{message.From.Id}", message.From.Id, scope.Bot.Id.Value, message.Chat.Id);
        var uploaded = await UploadDocument.InsideAsync(scope.Transaction, upload, scope.Now, cancellation);
        if (replaced is not null)
            await ReplaceDocument.EndAsync(scope, message.From.Id, cancellation);
        await SayAsync(scope, talk, (uploaded.IsUnchanged, replaced) switch
        {
            (true, _) => Phrases.Html(talk.Language, "document.unchanged", upload.Name),
            (_, null) => Phrases.Html(talk.Language, "document.received", upload.Name),
            _ => Phrases.Html(talk.Language, "document.replacing", name, upload.Name),
        }, cancellation);
    }

    /// <summary>The caption says who may read it.</summary>
    private static bool IsForStaff(string? caption) =>
        caption is not null && (caption.Contains("staff", StringComparison.OrdinalIgnoreCase) || caption.Contains("сотрудник", StringComparison.OrdinalIgnoreCase));

    private static Task SayAsync(UpdateScope scope, KnownConversation talk, string html, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(html)) { Conversation = talk.Id }, cancellation);
}
