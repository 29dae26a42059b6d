using Support.Tenants;
using Support.Tickets;

namespace Support.Conversations.Commands;

/// <summary>/start: a greeting with a note on privacy; with the one-time code behind it, the way to become the owner.</summary>
public sealed class StartCommand(ShowWaiting waiting)
{
    /// <summary>128 random bits in base64url.</summary>
    private const int OwnerCodeLength = 22;

    // One statement, so that of two who follow the link at once only one becomes the owner.
    private const string TakeOwnership =
        """
        with code as (update bot set owner_code_hash = null where id = @bot and owner_code_hash = @hash returning id),
        noted as (insert into audit (tenant_id, at, person_id, action, subject) select @tenant, @now, @person, 'become-owner', @person::text from code)
        update person set is_owner = true where id = @person and exists (select from code)
        """;

    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var talk = await ConversationStore.EnsureAsync(scope, message.Chat, message.From, message.Thread, cancellation);
        if (scope.Bot.Staff.TryGetValue(message.From.Id, out var member) && !member.Started)
            scope.StaffChanged = true;
        if (message.CommandArgument.Length > 0 && await BecomeOwnerAsync(scope, message, cancellation))
        {
            await ReplyAsync(scope, talk, Phrases.Html(talk.Language, "owner.welcome"), cancellation);
            scope.StaffChanged = true;
            var owner = new StaffMember(message.From.Id, message.From.FullName, true, false, false, true);
            await waiting.InsideAsync(scope.Transaction, scope.Bot with { Staff = new Dictionary<long, StaffMember>(scope.Bot.Staff) { [owner.Person] = owner } }, scope.Now, cancellation);
            return;
        }
        // Shorter ones are campaign marks of the company's own links.
        if (message.CommandArgument.Length >= OwnerCodeLength)
            await ReplyAsync(scope, talk, Phrases.Html(talk.Language, "owner.code.bad"), cancellation);
        await ReplyAsync(scope, talk, Phrases.Html(talk.Language, "start", ", " + message.From.FirstName), cancellation);
        if (scope.StaffChanged && scope.Bot.AdminsChat is null && member is { IsAdmin: true } or { IsOwner: true })
        {
            var staff = new Dictionary<long, StaffMember>(scope.Bot.Staff) { [member!.Person] = member with { Started = true } };
            await waiting.InsideAsync(scope.Transaction, scope.Bot with { Staff = staff }, scope.Now, cancellation);
        }
    }

    private static async Task<bool> BecomeOwnerAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation) =>
        await scope.Transaction.ExecuteAsync(TakeOwnership, new
        {
            tenant = scope.Transaction.Tenant.Value,
            bot = scope.Bot.Id.Value,
            hash = TenantSetup.HashOf(message.CommandArgument),
            person = message.From.Id,
            now = scope.Now,
        }, cancellation) > 0;

    private static Task ReplyAsync(UpdateScope scope, KnownConversation talk, string html, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(html)) { Conversation = talk.Id }, cancellation);
}
