using Npgsql;
using Support.Database;
using Support.Tenants;
using Support.Text;

namespace Support.Retrieval.Outside;

/// <summary>Reads what a question needs of its tenant's counts: each method is one journey.</summary>
internal sealed class QuestionCounts(NpgsqlDataSource source, TenantId tenant)
{
    /// <summary>Behind every other character in the order of bytes.</summary>
    private static readonly string Last = char.ConvertFromUtf32(0x10FFFF);

    private const string Totals = "select * from knowledge_statistics where tenant_id = @tenant";
    private const string Published = "select exists (select from document where tenant_id = @tenant and published_version is not null)";

    private const string Stems =
        """
        select stem, chunks from knowledge_stem where tenant_id = @tenant and stem = any(@stems)
        union all
        select k.stem, k.chunks from unnest(@families) family cross join lateral (
            select stem, chunks from knowledge_stem where tenant_id = @tenant and stem >= family collate "C" and stem < (family || @last) collate "C") k
        """;

    private const string Grams = "select gram as key, chunks from knowledge_gram where tenant_id = @tenant and gram = any(@grams)";
    private const string Pairs = "select pair as key, chunks from knowledge_pair where tenant_id = @tenant and pair = any(@pairs)";

    private const string Synonyms = "select value::text as value from setting where tenant_id = @tenant and key = @key";

    // The second condition is the index's.
    private const string Sounding = "select word, times from knowledge_word where tenant_id = @tenant and sound = any(@sounds) and sound <> 0";

    private const string OfStems = "select stem, chunks from knowledge_stem where tenant_id = @tenant and stem = any(@stems)";

    // One edit adds or takes at most two letters of the set: see LetterSet.
    private const string LikeWords =
        """
        select distinct k.word, k.times from unnest(@letters, @lengths, @errors) as asked (letters, length, errors) cross join lateral (
            select word, times from knowledge_word where tenant_id = @tenant and length between asked.length - asked.errors and asked.length + asked.errors
            and bit_count((letters # asked.letters)::bit(64)) <= 2 * asked.errors) k
        """;

    private const string Chunks = StoredChunk.Published;

    /// <returns>The collection's totals; null when the tenant has nothing published.</returns>
    /// <exception cref="KnowledgeIndexException">What is published was never counted, or in another way.</exception>
    public Task<StoredTotals?> ReadAsync(AskedTerms asked, KnownTerms known, CancellationToken cancellation) =>
        TenantJourney.ReadAsync(
            source, tenant,
            [
                new Statement(Totals, new { tenant = tenant.Value }),
                new Statement(Published, new { tenant = tenant.Value }),
                new Statement(Stems, new { tenant = tenant.Value, stems = asked.Stems, families = asked.Families, last = Last }),
                new Statement(Grams, new { tenant = tenant.Value, grams = asked.Grams }),
                new Statement(Pairs, new { tenant = tenant.Value, pairs = asked.Pairs }),
                new Statement(Sounding, new { tenant = tenant.Value, sounds = asked.Sounds }),
                new Statement(Synonyms, new { tenant = tenant.Value, key = SynonymLines.Key }),
            ],
            async answers =>
            {
                var totals = await answers.FirstAsync<StoredTotals>();
                var isPublished = await answers.FirstAsync<bool>();
                foreach (var stem in await answers.AllAsync<StemRow>())
                    if (asked.StemOf(stem.Stem) is { } text)
                        known.AddStem(text, stem.Chunks);
                known.HasAsked(asked.WholeStems);
                foreach (var gram in await answers.AllAsync<NumberRow>())
                    known.AddGram((ulong)gram.Key, gram.Chunks);
                foreach (var pair in await answers.AllAsync<NumberRow>())
                    known.AddPair(asked.PairOf(pair.Key).First, asked.PairOf(pair.Key).Second, pair.Chunks);
                foreach (var word in await answers.AllAsync<WordRow>())
                    known.AddWord(word.Word, word.Times);
                known.Synonyms = (await answers.FirstAsync<SettingRow>())?.Value;
                return totals switch
                {
                    null when isPublished => throw OutsideIndexFollower.NeverCounted(),
                    { IsOfThisShape: false } when isPublished => throw OutsideIndexFollower.OtherShape(totals.Shape),
                    _ => totals,
                };
            },
            cancellation);

    /// <summary>Adds in how many chunks these stand.</summary>
    public Task<int> ReadStemsAsync(AskedTerms asked, KnownTerms known, CancellationToken cancellation) =>
        TenantJourney.ReadAsync(
            source, tenant,
            [new Statement(OfStems, new { tenant = tenant.Value, stems = asked.Stems })],
            async answers =>
            {
                var found = await answers.AllAsync<StemRow>();
                foreach (var stem in found)
                    if (asked.StemOf(stem.Stem) is { } text)
                        known.AddStem(text, stem.Chunks);
                return found.Count;
            },
            cancellation);

    /// <summary>Adds the words that these could have been meant as.</summary>
    public Task<int> ReadLikeAsync(IReadOnlyCollection<string> words, KnownTerms known, CancellationToken cancellation) =>
        TenantJourney.ReadAsync(
            source, tenant,
            [
                new Statement(LikeWords, new
                {
                    tenant = tenant.Value,
                    letters = words.Select(word => (long)LetterSet.Of(word)).ToArray(),
                    lengths = words.Select(word => word.Length).ToArray(),
                    errors = words.Select(QuestionRepair.MostErrors).ToArray(),
                }),
            ],
            async answers =>
            {
                var found = await answers.AllAsync<WordRow>();
                foreach (var word in found)
                    known.AddWord(word.Word, word.Times);
                return found.Count;
            },
            cancellation);

    public Task<IReadOnlyList<StoredChunk>> ChunksAsync(IEnumerable<long> ids, CancellationToken cancellation) =>
        TenantJourney.ReadAsync(source, tenant, [new Statement(Chunks, new { ids = ids.ToArray() })], answers => answers.AllAsync<StoredChunk>(), cancellation);

    private sealed record StemRow(string Stem, int Chunks);

    private sealed record NumberRow(long Key, int Chunks);

    private sealed record SettingRow(string Value);

    private sealed record WordRow(string Word, int Times);
}
