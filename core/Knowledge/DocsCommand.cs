using Support.Conversations;

namespace Support.Knowledge;

/// <summary>/docs: what the desk knows, with a button to remove each document. Replacing is sending the file again.</summary>
public sealed class DocsCommand
{
    private const int Shown = 30;

    private const string List =
        """
        select d.id, d.name, d.audience, d.published_version as version, (select count(*)::int from chunk c where c.document_id = d.id) as chunks
        from document d where d.removed_at is null and d.published_version is not null
        order by d.name
        """;

    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var talk = await ConversationStore.EnsureAsync(scope, message.Chat, message.From, message.Thread, cancellation);
        var documents = await scope.Transaction.QueryAsync<Listed>(List, null, cancellation);
        if (documents.Count == 0)
        {
            await SayAsync(scope, talk, Phrases.Html(talk.Language, "docs.none"), null, cancellation);
            return;
        }
        var lines = documents.Take(Shown).Select(d => "• " + Phrases.Html(talk.Language, "docs.item", d.Name, d.Chunks, d.Version)
            + (d.Audience == (short)Audience.Staff ? $" ({Phrases.Html(talk.Language, "docs.staff")})" : ""));
        var more = documents.Count > Shown ? "\n" + Phrases.Html(talk.Language, "docs.more", documents.Count - Shown) : "";
        var buttons = documents.Take(Shown).Select(d => (IReadOnlyList<Button>)[new Button(Phrases.Plain(talk.Language, "docs.remove", Shorten(d.Name)), $"d:{d.Id}:ask")]).ToList();
        await SayAsync(scope, talk, Phrases.Html(talk.Language, "docs.list", documents.Count) + "\n" + string.Join("\n", lines) + more, new Keyboard(buttons), cancellation);
    }

    private static string Shorten(string name) => name.Length <= 40 ? name : name[..39] + "…";

    private static Task SayAsync(UpdateScope scope, KnownConversation talk, string html, Keyboard? keyboard, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(html, keyboard)) { Conversation = talk.Id }, cancellation);

    private sealed record Listed(long Id, string Name, short Audience, int Version, int Chunks);
}
