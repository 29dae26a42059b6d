using Support.Tickets;

namespace Support.Conversations;

/// <summary>Finds the conversation that a message belongs to, and makes it (and its person) when it is the first.</summary>
public static class ConversationStore
{
    private const string Ensure =
        """
        with who as (
            insert into person (tenant_id, id, name, username, language, started_at)
            values (@tenant, @person, @name, @username, @code, @started)
            on conflict (tenant_id, id) do update
            set name = excluded.name, username = excluded.username, language = coalesce(excluded.language, person.language),
                started_at = coalesce(person.started_at, excluded.started_at))
        insert into conversation (tenant_id, bot_id, chat_id, person_id, thread_id, language)
        values (@tenant, @bot, @chat, @person, @thread, @speaks)
        on conflict (tenant_id, bot_id, chat_id, person_id) do update set thread_id = excluded.thread_id
        returning id, language, ticket_id
        """;

    public static async Task<KnownConversation> EnsureAsync(UpdateScope scope, Chat chat, Sender from, long? thread, CancellationToken cancellation)
    {
        var row = await scope.Transaction.FirstAsync<Row>(Ensure, new
        {
            tenant = scope.Transaction.Tenant.Value,
            bot = scope.Bot.Id.Value,
            chat = chat.Id,
            person = from.Id,
            name = from.FullName,
            username = from.Username,
            code = from.LanguageCode,
            started = chat.Kind == ChatKind.Private ? scope.Now : (DateTimeOffset?)null,
            thread,
            speaks = CustomerMessages.SpokenLanguage(from.LanguageCode),
        }, cancellation);
        return new KnownConversation(row!.Id, chat.Id, from.Id, from.FullName, row.Language, row.TicketId, chat.Kind != ChatKind.Private);
    }

    private sealed record Row(long Id, string Language, long? TicketId);
}

/// <param name="TicketId">The ticket that is open, if one is.</param>
public sealed record KnownConversation(long Id, long Chat, long Person, string PersonName, string Language, long? TicketId, bool InGroup)
{
    public ConversationRef Ref(long? replyTo) => new(Id, Chat, Person, PersonName, Language, InGroup, replyTo);
}
