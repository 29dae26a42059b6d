using Support.Database;

namespace Support.Retrieval.Outside;

/// <summary>A tenant's counts in PostgreSQL: what is added here is taken away exactly so.</summary>
internal static class KnowledgeCounts
{
    /// <summary>Of tokenizer, stemmer, 4-grams, <see cref="SoundAlikes.SkeletonOf"/> and <see cref="TermHash"/>. To be raised with any change of them: what another shape counted cannot be added to.</summary>
    public const int Shape = 2;

    // All terms of a company of a hundred thousand chunks are millions of rows.
    private const int PatienceInSeconds = 1800;

    private const string Row = "select * from knowledge_statistics where tenant_id = @tenant";

    // The lock makes changes of one tenant's counts wait for each other until they are committed.
    private const string LockedRow =
        """
        insert into knowledge_statistics (tenant_id, shape) values (@tenant, @shape) on conflict (tenant_id) do nothing;
        select * from knowledge_statistics where tenant_id = @tenant for update
        """;

    private const string Write =
        """
        update knowledge_statistics set shape = @shape, chunks = @Chunks, titled = @Titled, bodied = @Bodied, title_words = @TitleWords, body_words = @BodyWords,
            title_grams = @TitleGrams, body_grams = @BodyGrams, pairs = @Pairs, lengths = @lengths, chunks_of_length = @chunksOfLength
        where tenant_id = @tenant
        """;

    private const string CountStems =
        """
        insert into knowledge_stem (tenant_id, stem, chunks) select @tenant, * from unnest(@keys, @changes)
        on conflict (tenant_id, stem) do update set chunks = knowledge_stem.chunks + excluded.chunks
        """;

    private const string CountGrams =
        """
        insert into knowledge_gram (tenant_id, gram, chunks) select @tenant, * from unnest(@keys, @changes)
        on conflict (tenant_id, gram) do update set chunks = knowledge_gram.chunks + excluded.chunks
        """;

    private const string CountPairs =
        """
        insert into knowledge_pair (tenant_id, pair, chunks) select @tenant, * from unnest(@keys, @changes)
        on conflict (tenant_id, pair) do update set chunks = knowledge_pair.chunks + excluded.chunks
        """;

    private const string CountWords =
        """
        insert into knowledge_word (tenant_id, word, length, letters, times, sound) select @tenant, * from unnest(@keys, @lengths, @letters, @changes, @sounds)
        on conflict (tenant_id, word) do update set times = knowledge_word.times + excluded.times
        """;

    private const string ForgetStems = "delete from knowledge_stem where tenant_id = @tenant and stem = any(@lessened) and chunks = 0";
    private const string ForgetGrams = "delete from knowledge_gram where tenant_id = @tenant and gram = any(@lessened) and chunks = 0";
    private const string ForgetPairs = "delete from knowledge_pair where tenant_id = @tenant and pair = any(@lessened) and chunks = 0";
    private const string ForgetWords = "delete from knowledge_word where tenant_id = @tenant and word = any(@lessened) and times = 0";

    private const string Clear =
        """
        delete from knowledge_stem where tenant_id = @tenant;
        delete from knowledge_gram where tenant_id = @tenant;
        delete from knowledge_pair where tenant_id = @tenant;
        delete from knowledge_word where tenant_id = @tenant
        """;

    /// <summary>The vectors of all chunks, so many, rest on averages of this time.</summary>
    public static Task ValuesWrittenAsync(TenantTransaction transaction, int chunks, CancellationToken cancellation) =>
        transaction.ExecuteAsync("update knowledge_statistics set values_of = @chunks where tenant_id = @tenant", new { tenant = transaction.Tenant.Value, chunks }, cancellation);

    /// <returns>Null when nothing was counted for the tenant yet.</returns>
    public static Task<StoredTotals?> ReadAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        transaction.FirstAsync<StoredTotals>(Row, new { tenant = transaction.Tenant.Value }, cancellation);

    /// <summary>The totals as nobody else can change them until this transaction ends.</summary>
    public static async Task<StoredTotals> LockAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        await transaction.FirstAsync<StoredTotals>(LockedRow, new { tenant = transaction.Tenant.Value, shape = Shape }, cancellation)
        ?? throw new InvalidOperationException("A row that was just made sure of is not there.");

    /// <summary>Writes totals that are locked, and changes the counts of terms, in one journey.</summary>
    public static async Task ChangeAsync(TenantTransaction transaction, CollectionTotals totals, TermChanges changes, CancellationToken cancellation)
    {
        var tenant = transaction.Tenant.Value;
        var words = changes.Words;
        await using var batch = transaction.Batch();
        batch.Timeout = PatienceInSeconds;
        void Add(string sql, object parameters) => batch.BatchCommands.Add(new Statement(sql, parameters).ToBatchCommand());
        void Count<T>(string count, string forget, CountChanges<T> terms)
        {
            Add(count, new { tenant, keys = terms.Keys, changes = terms.Changes });
            if (terms.Lessened.Length > 0)
                Add(forget, new { tenant, lessened = terms.Lessened });
        }

        Count(CountStems, ForgetStems, changes.Stems);
        Count(CountGrams, ForgetGrams, changes.Grams);
        Count(CountPairs, ForgetPairs, changes.Pairs);
        var lengths = Array.ConvertAll(words.Keys, word => (short)word.Length);
        var letters = Array.ConvertAll(words.Keys, word => (long)LetterSet.Of(word));
        Add(CountWords, new { tenant, keys = words.Keys, lengths, letters, changes = words.Changes, sounds = Array.ConvertAll(words.Keys, SoundAlikes.SkeletonOf) });
        if (words.Lessened.Length > 0)
            Add(ForgetWords, new { tenant, lessened = words.Lessened });
        Add(Write, new
        {
            tenant,
            shape = Shape,
            totals.Chunks,
            totals.Titled,
            totals.Bodied,
            totals.TitleWords,
            totals.BodyWords,
            totals.TitleGrams,
            totals.BodyGrams,
            totals.Pairs,
            lengths = totals.Lengths.Keys.ToArray(),
            chunksOfLength = totals.Lengths.Values.ToArray(),
        });
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Forgets the counts of all terms; the totals must be locked.</summary>
    public static Task ClearAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        transaction.ExecuteAsync(Clear, new { tenant = transaction.Tenant.Value }, cancellation);
}
