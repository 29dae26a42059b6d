using Support.Labels;
using Support.Tickets;

namespace Support.Conversations.Commands;

/// <summary>/forget: erases the customer's messages, questions and tickets. What remains says only that something was erased.</summary>
public sealed class ForgetCommand(CloseForForget close)
{
    // Deleting a conversation takes its messages, questions, labels and tickets with it (on delete cascade).
    private const string Erase =
        """
        with gone as (delete from conversation where person_id = @person returning id),
        unsent as (delete from outbox where conversation_id in (select id from gone) and state in (0, 1)),
        sent as (update outbox set body = '{"kind":"text","html":""}'::jsonb where conversation_id in (select id from gone) and state in (2, 3)),
        edits as (delete from pending_edit where chat_id = @person)
        update person set name = '', username = null, language = null where id = @person and not (is_owner or is_admin or is_editor)
        """;

    // All of them at once, as they will be deleted: a lock on one that was asked for after the tenant's could wait for whoever waits for the tenant's.
    private const string Conversations = "select id from conversation where person_id = @person order by id for update";

    private const string Audit =
        "insert into audit (tenant_id, at, person_id, action, subject) values (@tenant, @now, @person, 'forget', 'customer')";

    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var talk = await ConversationStore.EnsureAsync(scope, message.Chat, message.From, message.Thread, cancellation);
        var person = message.From.Id;
        foreach (var conversation in await scope.Transaction.QueryAsync<long>(Conversations, new { person }, cancellation))
            await close.InsideAsync(scope, conversation, cancellation);
        await LabelStore.EraseAsync(scope.Transaction, cancellation);
        await scope.Transaction.ExecuteAsync(Erase, new { person }, cancellation);
        await scope.Transaction.ExecuteAsync(Audit, new { tenant = scope.Transaction.Tenant.Value, now = scope.Now, person }, cancellation);
        await scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(Phrases.Html(talk.Language, "forgotten"))), cancellation);
    }
}
