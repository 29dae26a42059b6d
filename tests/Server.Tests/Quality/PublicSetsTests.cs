using System.Text.Json;
using Support.Bench.Quality;
using Support.Bench.Quality.Training;

namespace Support.Tests.Quality;

/// <summary>
/// Ranking and confidence on the public sets, which may not be copied into the repository: `dotnet run dev.cs test --long` reads them from ../shared, where
/// that folder is there, and names these tests as skipped where it is not.
/// </summary>
public sealed class PublicSetsTests
{
    [Theory(Explicit = true)]
    [InlineData("vkcloud_ru", .58, .45)]
    [InlineData("xquad_sent_ru", .85, .755)]
    [InlineData("xquad_sent_en", .87, .77)]
    [InlineData("squad2_dev", .925, .86)]
    [InlineData("stackfaq_en", .82, .81)]
    public async Task Ranking_is_as_good_as_promised(string set, double ndcg, double recall)
    {
        var (code, output) = await RunAsync(EvalCommand.RunAsync, "--data", Shared("data", set));
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.InRange(Printed(json.RootElement, "ndcg@10"), ndcg, 1);
        Assert.InRange(Printed(json.RootElement, "recall@1"), recall, 1);
    }

    [Theory(Explicit = true)]
    [InlineData("vkcloud_ru", 71)]
    [InlineData("stackfaq_en", 41)]
    public async Task The_parts_of_each_score_are_those_that_were_written_down(string set, int questions)
    {
        var (code, output) = await RunAsync(GoldenCommand.RunAsync, "--data", Shared("data", set), "--golden", Shared("recipe", $"golden_{set}.jsonl"));
        Assert.True(code == 0, output);
        Assert.StartsWith($"{questions} questions,", output);
    }

    [Fact(Explicit = true)]
    public async Task The_shipped_weights_are_those_that_training_gives()
    {
        var (code, output) = await RunAsync(TrainConfidenceCommand.RunAsync, "--data", Shared("data"), "--resamples", "1");
        Assert.True(code == 0, output);
        Assert.Contains("These are the shipped weights", output);
    }

    /// <summary>With three decimals, as docs/retrieval.md has it.</summary>
    private static double Printed(JsonElement report, string name) => Math.Round(report.GetProperty(name).GetDouble(), 3);

    private static async Task<(int Code, string Output)> RunAsync(Func<string[], TextWriter, TextWriter, CancellationToken, Task<int>> command, params string[] args)
    {
        using var output = new StringWriter();
        var code = await command(args, output, TextWriter.Null, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    private static string Shared(params string[] parts)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Support.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No folder above holds Support.sln.");
        var shared = Path.GetFullPath(Path.Combine(folder, "..", "shared"));
        Assert.SkipUnless(Directory.Exists(shared), $"The public sets are not in {shared}.");
        return Path.Combine([shared, .. parts]);
    }
}
