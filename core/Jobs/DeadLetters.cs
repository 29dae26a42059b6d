using System.Text;
using Dapper;
using Support.Conversations;
using Support.Database;
using Support.Tenants;
using Support.Tickets;

namespace Support.Jobs;

/// <summary>Work that cannot be done: kept for the engineer, told to the admins, and never tried in a loop.</summary>
public sealed class DeadLetters(DeskDatabase database, BotDirectory bots, IWorkQueue queue, TimeProvider clock)
{
    private const string Insert =
        "insert into dead_letter (tenant_id, queue, body, why, at) values (@tenant, @queue, @body, @why, @now) returning id";

    /// <summary>From inside a tenant's transaction: the admins are told by <see cref="TellAsync"/> later.</summary>
    public static Task InsideAsync(TenantTransaction transaction, string queue, string body, string why, DateTimeOffset now, CancellationToken cancellation) =>
        transaction.ExecuteAsDeskAsync(Insert, new { tenant = (Guid?)transaction.Tenant.Value, queue, body = Encoding.UTF8.GetBytes(body), why, now }, cancellation);

    public async Task BuryAsync(TenantId? tenant, TakenJob job, string why, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(Insert,
            new { tenant = tenant?.Value, queue = job.Queue, body = job.Body.ToArray(), why, now = clock.GetUtcNow() }, cancellationToken: cancellation));
    }

    private const string Untold = "select id, tenant_id as tenant, queue, why from dead_letter where not told and tenant_id is not null order by id limit 20 for update skip locked";

    /// <summary>Puts a notice for each new dead letter where cards go. Returns how many.</summary>
    public async Task<int> TellAsync(CancellationToken cancellation)
    {
        IReadOnlyList<Letter> letters;
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
            letters = (await connection.QueryAsync<Letter>(new CommandDefinition(Untold, cancellationToken: cancellation))).AsList();
        foreach (var letter in letters)
            await TellOneAsync(letter, cancellation);
        return letters.Count;
    }

    private async Task TellOneAsync(Letter letter, CancellationToken cancellation)
    {
        var its = await bots.OfAsync(new TenantId(letter.Tenant), cancellation);
        await using var transaction = await database.BeginAsync(new TenantId(letter.Tenant), cancellation);
        if (its.FirstOrDefault(b => b.CardsChat is not null) is { CardsChat: { } chat } bot)
        {
            var language = await AdminsLanguage.FindAsync(transaction, cancellation);
            var html = Phrases.Html(language, "dead.letter", letter.Queue, letter.Why, letter.Id);
            await Outbox.AddAsync(transaction, bot.Id, new OutboxMessage(chat, Purposes.DeadLetter, new Outgoing.SendText(html)), clock.GetUtcNow(), cancellation);
        }
        await transaction.ExecuteAsDeskAsync("update dead_letter set told = true where id = @Id", letter, cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var wakeUp in transaction.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
    }

    private sealed record Letter(long Id, Guid Tenant, string Queue, string Why);
}
