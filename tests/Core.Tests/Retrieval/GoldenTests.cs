using System.IO.Compression;
using System.Text.Json;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Tests.Retrieval;

/// <summary>
/// Rankings that were written down when the recipe was found, by another program: the parts of each score must be the same here. The sum is not compared: it has
/// been improved since. The documents are the public set stackfaq_en (ML-Recipes/BERT-FAQ, CC BY-SA).
/// </summary>
public sealed class GoldenTests
{
    // Four decimals were written down.
    private const double Rounding = .00011;

    // Of some passages, the family of a function word ("some": "something") gives stage one a little more: there function words had none.
    private const int FewMore = 4;
    private const double LittleMore = .0087;

    [Fact]
    public void The_parts_of_each_score_are_those_that_were_written_down()
    {
        var documents = Documents().ToList();
        var index = new TenantIndex();
        index.Apply([.. documents.Select((document, id) => new IndexedChunk(id, id, 1, Audience.Customers, "faq", null, Text(document, "title"), Text(document, "text")))], []);

        var (compared, more) = (0, 0);
        foreach (var line in File.ReadLines(Path.Combine(Folder(), "stackfaq_en.jsonl")))
        {
            var golden = JsonDocument.Parse(line).RootElement;
            var ranked = index.Rank(Text(golden, "query"), Audience.Customers);
            Assert.Equal(Text(golden, "repaired"), string.Join(' ', ranked.Plan.Question.Tokens));
            foreach (var expected in golden.GetProperty("top").EnumerateArray())
            {
                var candidate = ranked.Candidates.Find(one => Text(documents[(int)one.Entry.Chunk.ChunkId], "id") == Text(expected, "id"));
                Assert.NotNull(candidate);
                var stageOne = expected.GetProperty("stage1").GetDouble();
                if (candidate.StageOne > stageOne + Rounding && candidate.StageOne < stageOne + LittleMore)
                    more++;
                else
                    Assert.Equal(stageOne, candidate.StageOne, Rounding);
                Assert.Equal(expected.GetProperty("bigrams").GetDouble(), candidate.Pairs, Rounding);
                Assert.Equal(expected.GetProperty("cover8").GetDouble(), candidate.Narrow, Rounding);
                Assert.Equal(expected.GetProperty("cover16").GetDouble(), candidate.Wide, Rounding);
                compared++;
            }
        }
        Assert.InRange(compared, 150, 300);
        Assert.InRange(more, 0, FewMore);
    }

    private static IEnumerable<JsonElement> Documents()
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Folder(), "stackfaq_en.documents.jsonl.gz")), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
            yield return JsonDocument.Parse(line).RootElement;
    }

    private static string Text(JsonElement record, string name) => record.GetProperty(name).GetString()!;

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Support.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "tests", "Core.Tests", "Retrieval", "Golden");
    }
}
