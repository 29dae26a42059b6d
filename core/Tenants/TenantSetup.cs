using System.Security.Cryptography;
using System.Text;
using Dapper;
using Support.Database;

namespace Support.Tenants;

/// <summary>Makes tenants and bots, and brings them to what the settings say. Safe to run at every start.</summary>
public sealed class TenantSetup(DeskDatabase database, BotDirectory directory, SecretBox box)
{
    private const string EnsureTenant =
        """
        insert into tenant (id, name) values (@id, @name) on conflict (name) do update set name = excluded.name returning id
        """;

    public async Task<TenantId> EnsureTenantAsync(string name, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        return new TenantId(await connection.QuerySingleAsync<Guid>(new CommandDefinition(EnsureTenant, new { id = Guid.NewGuid(), name }, cancellationToken: cancellation)));
    }

    private const string EnsureBot =
        """
        insert into bot (id, tenant_id, username, token) values (@bot, @tenant, @username, @token)
        on conflict (id) do update set token = excluded.token, username = case when excluded.username = '' then bot.username else excluded.username end
        where bot.tenant_id = excluded.tenant_id
        """;

    /// <exception cref="InvalidOperationException">The bot belongs to another tenant.</exception>
    public async Task EnsureBotAsync(TenantId tenant, BotId bot, string token, string username, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        var rows = await connection.ExecuteAsync(new CommandDefinition(EnsureBot,
            new { bot = bot.Value, tenant = tenant.Value, username, token = box.Close(token) }, cancellationToken: cancellation));
        if (rows == 0)
            throw new InvalidOperationException($"Bot {bot} belongs to another tenant of this database. Use another bot, or remove it there first.");
        directory.Forget(bot);
    }

    private const string ForgetTokens = "update bot set token = ''::bytea where token <> ''::bytea and id <> all(@run) returning id";

    /// <summary>
    /// Of bots that are not among <paramref name="bots"/> the tokens are forgotten: nobody asks for their updates or sends in
    /// their name until they are set up again. Their chats stay.
    /// </summary>
    public async Task RetireOthersAsync(IEnumerable<BotId> bots, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        var run = bots.Select(bot => bot.Value).ToArray();
        foreach (var retired in await connection.QueryAsync<long>(new CommandDefinition(ForgetTokens, new { run }, cancellationToken: cancellation)))
            directory.Forget(new BotId(retired));
    }

    private const string EnsureStaff =
        """
        insert into person (tenant_id, id, is_owner, is_admin, is_editor) values (@tenant, @person, @owner, @admin, @editor)
        on conflict (tenant_id, id) do update set is_owner = person.is_owner or @owner, is_admin = person.is_admin or @admin, is_editor = person.is_editor or @editor
        """;

    public async Task EnsureStaffAsync(TenantId tenant, BotId bot, long person, bool owner, bool admin, bool editor, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        await transaction.ExecuteAsync(EnsureStaff, new { tenant = tenant.Value, person, owner, admin, editor }, cancellation);
        await transaction.CommitAsync(cancellation);
        directory.Forget(bot);
    }

    public async Task SetAdminsChatAsync(TenantId tenant, BotId bot, long chat, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        await transaction.ExecuteAsync("update bot set admins_chat_id = @chat where id = @bot and admins_chat_id is null", new { chat, bot = bot.Value }, cancellation);
        await transaction.CommitAsync(cancellation);
        directory.Forget(bot);
    }

    /// <summary>The one-time code of t.me/…?start=CODE; only its hash is kept. Does nothing once the bot has an owner.</summary>
    public async Task OfferOwnershipAsync(TenantId tenant, BotId bot, string code, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        await transaction.ExecuteAsync(
            "update bot set owner_code_hash = @hash where id = @bot and not exists (select from person where is_owner)",
            new { hash = HashOf(code), bot = bot.Value }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
