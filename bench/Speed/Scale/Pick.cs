using Dapper;
using Npgsql;
using Support.Conversations;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Bench.Speed.Scale;

/// <summary>A customer of some company, and what that company knows.</summary>
internal sealed record Pick(int Company, long Bot, long Conversation, long Person, IReadOnlyList<Passage> Passages)
{
    // Staff and chats are numbered as ScaleWorld numbers them.
    public Sender Owner => new(900_000_000 + Company * 10L, "Colleague", "0", null, "en", IsBot: false);

    public Sender Admin => new(900_000_000 + Company * 10L + 1, "Colleague", "1", null, "en", IsBot: false);

    public Sender Editor => new(900_000_000 + Company * 10L + 4, "Colleague", "4", null, "en", IsBot: false);

    public Sender Customer => new(Person, "Customer", Conversation.ToString(), null, "en", IsBot: false);

    public Chat AdminsChat => new(-1_000_000_000_000 - Company, ChatKind.Supergroup, "Support", IsForum: false);

    public static Chat PrivateOf(Sender sender) => new(sender.Id, ChatKind.Private, null, IsForum: false);

    private const string Conversations =
        """
        select (c.bot_id - 5000000)::int as company, c.bot_id as bot, c.id as conversation, c.person_id as person
        from conversation c where c.id = any(@ids) and c.ticket_id is null order by md5(c.id::text)
        """;

    private const string ChunksOf =
        """
        select k.id, k.document_id, k.source, k.title, k.text from document d join tenant t on t.id = d.tenant_id join chunk k on k.document_id = d.id
        where t.name = @company and d.audience = 0 and d.published_version = 1 order by d.id, k.ordinal limit 10
        """;

    /// <summary>Some customers, large companies as often as they have customers.</summary>
    public static async Task<IReadOnlyList<Pick>> SomeAsync(NpgsqlConnection connection, ScaleWorld world, int count, Random random)
    {
        // The first few hundred wait for something.
        var ids = Enumerable.Range(0, count * 2).Select(_ => (long)random.Next(500, world.Conversations)).ToArray();
        var passages = new Dictionary<int, IReadOnlyList<Passage>>();
        var picks = new List<Pick>();
        foreach (var (company, bot, conversation, person) in (await connection.QueryAsync<(int, long, long, long)>(Conversations, new { ids })).Take(count))
        {
            if (!passages.TryGetValue(company, out var known))
                passages[company] = known = await PassagesAsync(connection, company);
            picks.Add(new Pick(company, bot, conversation, person, known));
        }
        return picks;
    }

    private static async Task<IReadOnlyList<Passage>> PassagesAsync(NpgsqlConnection connection, int company) =>
        [.. (await connection.QueryAsync<(long Id, long Document, string Source, string Title, string Text)>(ChunksOf, new { company = $"company {company}" }))
            .Select((c, i) => new Passage(c.Id, c.Document, 1, Audience.Customers, c.Source, null, c.Title, c.Text, 12 - i))];
}
