using System.Text.RegularExpressions;
using Support.Knowledge;
using Xunit;

namespace Support.Tests.Knowledge;

/// <summary>What holds for any document, tried on many random ones. A failure names its seed.</summary>
public sealed partial class ChunkerPropertyTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_word_is_in_some_chunk(int seed)
    {
        var (documents, options) = Random(seed);
        var found = Chunker.Cut(documents, options).SelectMany(chunk => Words($"{chunk.Title} {chunk.Text}")).ToHashSet();

        // A heading above nothing but FAQ entries is in none of them: their title is the question.
        var lost = documents
            .SelectMany(document => document.Blocks.Where(block => block is not Block.Heading || !document.Blocks.Any(other => other is Block.QuestionAndAnswer)))
            .SelectMany(block => Words(BlockText.Render(block)))
            .Where(word => !found.Contains(word));
        Assert.Empty(lost);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void No_chunk_is_empty_or_above_the_limit(int seed)
    {
        var (documents, options) = Random(seed);

        Assert.All(Chunker.Cut(documents, options), chunk => Assert.InRange(TokenCount.Estimate(chunk.Text), 1, options.Max));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Steps_and_tables_that_fit_are_whole(int seed)
    {
        var (documents, options) = Random(seed);
        var chunks = Chunker.Cut(documents, options);

        foreach (var block in documents.SelectMany(document => document.Blocks).Where(block => block is Block.Steps or Block.Table or Block.Code))
        {
            var text = BlockText.Render(block);
            if (TokenCount.Estimate(text) <= options.Max)
                Assert.Contains(chunks, chunk => chunk.Text.Contains(text, StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Cutting_twice_gives_the_same_chunks_and_no_two_alike(int seed)
    {
        var (documents, options) = Random(seed);
        var hashes = Chunker.Cut(documents, options).Select(chunk => Convert.ToHexString(chunk.Hash)).ToList();

        Assert.Equal(hashes, Chunker.Cut(documents, options).Select(chunk => Convert.ToHexString(chunk.Hash)));
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    private static (IReadOnlyList<ReadDocument> Documents, ChunkOptions Options) Random(int seed)
    {
        var random = new Random(seed);
        var options = new ChunkOptions { Max = random.Next(80, 500), OverlapSentences = random.Next(0, 3), OverlapTokens = random.Next(0, 80) };
        options.Target = random.Next(50, options.Max);
        var documents = Enumerable.Range(0, random.Next(1, 4))
            .Select(n => new ReadDocument(random.Next(2) == 0 ? "" : $"key{n}", Prose(random, 3), null, [.. Enumerable.Range(0, random.Next(1, 15)).Select(_ => RandomBlock(random))]))
            .ToList();
        return (documents, options);
    }

    private static Block RandomBlock(Random random) => random.Next(7) switch
    {
        0 or 1 => new Block.Heading(random.Next(1, 5), Prose(random, random.Next(1, 6))),
        2 => new Block.Steps([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Prose(random, random.Next(1, 25)))], random.Next(2) == 0),
        3 => new Block.Table(Row(random), [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Row(random))]),
        4 => new Block.Code(string.Join('\n', Enumerable.Range(0, random.Next(1, 60)).Select(_ => "  " + Prose(random, random.Next(1, 12))))),
        5 => new Block.QuestionAndAnswer(Prose(random, 6) + "?", Prose(random, random.Next(1, 400))),
        _ => new Block.Paragraph(Prose(random, random.Next(1, 600))),
    };

    private static string[] Row(Random random) => [.. Enumerable.Range(0, 3).Select(_ => Prose(random, random.Next(1, 7)))];

    private static string Prose(Random random, int words)
    {
        string[] ends = [" ", " ", " ", " ", " ", ". ", "? ", ", ", "\n", " т. е. "];
        var text = string.Concat(Enumerable.Range(0, words).Select(_ => Word(random) + ends[random.Next(ends.Length)]));
        return text.TrimEnd();
    }

    private static string Word(Random random)
    {
        var (first, last) = random.Next(3) switch { 0 => ('а', 'я'), 1 => ('a', 'z'), _ => ('0', '9') };
        return string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => (char)random.Next(first, last + 1)));
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
