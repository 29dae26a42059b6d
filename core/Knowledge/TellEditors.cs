using Support.Conversations;
using Support.Database;
using Support.Tenants;
using Support.Tickets;

namespace Support.Knowledge;

/// <summary>Says something about the documents to those who look after them: the editors whom a bot may write to, else where cards go.</summary>
internal static class TellEditors
{
    private const string Editors =
        "select id, language from person where tenant_id = @tenant and is_editor and started_at is not null order by id";

    /// <param name="html">In the given language.</param>
    /// <returns>False when nobody can be told.</returns>
    public static Task<bool> InsideAsync(TenantTransaction transaction, BotDirectory bots, Func<string, string> html, DateTimeOffset now, CancellationToken cancellation) =>
        InsideAsync(transaction, bots, language => [new Outgoing.SendText(html(language))], now, cancellation);

    /// <param name="messages">In the given language.</param>
    /// <inheritdoc cref="InsideAsync(TenantTransaction, BotDirectory, Func{string, string}, DateTimeOffset, CancellationToken)"/>
    public static async Task<bool> InsideAsync(TenantTransaction transaction, BotDirectory bots, Func<string, IReadOnlyList<Outgoing.SendText>> messages, DateTimeOffset now, CancellationToken cancellation)
    {
        // Through a bot that reaches the admins: where none does, nobody can be told.
        if (await AdminsPlace.FindAsync(transaction, bots, cancellation) is not { } place)
            return false;
        var editors = await transaction.QueryAsync<Editor>(Editors, new { tenant = transaction.Tenant.Value }, cancellation);
        foreach (var editor in editors)
            await SayAsync(editor.Id, CustomerMessages.SpokenLanguage(editor.Language));
        if (editors.Count == 0)
            await SayAsync(place.Chat, await AdminsLanguage.FindAsync(transaction, cancellation));
        return true;

        async Task SayAsync(long chat, string language)
        {
            foreach (var message in messages(language))
                await Outbox.AddAsync(transaction, place.Bot.Id, new OutboxMessage(chat, Purposes.Notice, message), now, cancellation);
        }
    }

    private sealed record Editor(long Id, string? Language);
}
