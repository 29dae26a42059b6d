using System.Diagnostics;
using System.Text;
using Support.Knowledge;
using Xunit;

namespace Support.Tests.Readers;

/// <summary>Whatever the bytes, a reading or a refusal with the file's name comes back, and soon. A failure names its seed.</summary>
public sealed class BadInputTests
{
    private static readonly string[] Names = ["f.md", "f.html", "f.txt", "f.docx", "f.pdf", "f.csv", "f.jsonl", "f.json", "f"];

    private const string Marks = " \n\t#*-_`|>[]()<>/\"'&;:,{}=abcdetrp0123456789\\";

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Random_bytes_never_throw(int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[random.Next(1, 3_000)];
        random.NextBytes(bytes);
        if (random.Next(2) == 0)
            bytes = [.. bytes.Select(b => (byte)Marks[b % Marks.Length])];

        foreach (var name in Names)
            await Holds(name, bytes);
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Damaged_files_never_throw(int seed)
    {
        var random = new Random(seed);
        var samples = Directory.GetFiles(Samples.Folder, "*.*", SearchOption.AllDirectories);
        foreach (var path in samples.OrderBy(_ => random.Next()).Take(6))
        {
            var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            for (var changes = random.Next(1, 30); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(2) == 0)
                bytes = bytes[..random.Next(1, bytes.Length)];
            await Holds(Path.GetFileName(path), bytes);
        }
    }

    private static readonly Dictionary<string, string> HostileFiles = new(StringComparer.Ordinal)
    {
        ["quotes.md"] = new string('>', 500_000),
        ["quote-lines.md"] = string.Concat(Enumerable.Repeat("> > > > > > > > x\n", 20_000)),
        ["brackets.md"] = new string('[', 500_000),
        ["bracket-lines.md"] = string.Concat(Enumerable.Repeat("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n", 10_000)),
        ["links.md"] = string.Concat(Enumerable.Repeat("[a](", 100_000)),
        ["link-lines.md"] = string.Concat(Enumerable.Repeat("[a](\n", 100_000)),
        ["definitions.md"] = string.Concat(Enumerable.Range(0, 50_000).Select(n => $"[a{n}]: /u\n")),
        ["stars.md"] = string.Concat(Enumerable.Repeat("*a **b ", 60_000)),
        ["ticks.md"] = string.Concat(Enumerable.Range(1, 700).Select(n => new string('`', n) + "a")),
        ["list.md"] = string.Concat(Enumerable.Range(0, 1_500).Select(n => new string(' ', 2 * n) + "- a\n")),
        ["marks.md"] = string.Concat(Enumerable.Repeat("- ", 50_000)),
        ["pipes.md"] = new string('|', 200_000) + "\n|-|\n",
        ["columns.md"] = string.Concat(Enumerable.Repeat("|a", 20_000)) + "\n" + string.Concat(Enumerable.Repeat("|-", 20_000)) + "\n" + string.Concat(Enumerable.Repeat("|\n", 20_000)),
        ["entities.md"] = string.Concat(Enumerable.Repeat("&amp", 200_000)),
        ["tags.md"] = string.Concat(Enumerable.Repeat("<a b=\"", 50_000)),
        ["details.md"] = string.Concat(Enumerable.Repeat("<details>\n\n", 5_000)),
        ["underlines.txt"] = string.Concat(Enumerable.Repeat("a\n=\n", 100_000)),
        ["attributes.html"] = "<p " + string.Concat(Enumerable.Range(0, 50_000).Select(n => $"a{n}=1 ")) + ">x",
        ["formatting.html"] = string.Concat(Enumerable.Repeat("<p><b><i>", 60)) + string.Concat(Enumerable.Repeat("<p>x", 20_000)),
        ["comment.html"] = "<!--" + new string('-', 1_000_000),
        ["spans.html"] = "<table>" + string.Concat(Enumerable.Repeat("<tr><td colspan=999999 rowspan=999999>x", 2_000)) + "</table>",
        ["quotes.csv"] = string.Concat(Enumerable.Repeat("\"a,", 200_000)),
        ["commas.csv"] = new string(',', 1_000_000),
        ["deep.json"] = new string('[', 1_000_000),
        ["keys.jsonl"] = "{" + string.Join(',', Enumerable.Range(0, 100_000).Select(n => $"\"k{n}\":1")) + "}",
        ["anchors.md"] = "---\na: &a [x]\nb: *a\nc: !!python/object:os.system x\n---\ntext",
        ["word.txt"] = new string('x', 3_000_000),
        ["sentence.txt"] = string.Concat(Enumerable.Repeat("слово ", 400_000)),
    };

    // By name: the runner writes out arguments, and these are megabytes.
    public static TheoryData<string> Hostile => [.. HostileFiles.Keys];

    [Theory, MemberData(nameof(Hostile))]
    public async Task Files_made_to_take_forever_do_not(string name)
    {
        var watch = Stopwatch.StartNew();

        await Holds(name, Encoding.UTF8.GetBytes(HostileFiles[name]));

        // Generous, for slow machines: each takes a second or two where it was written, and hours where the guard is missing.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{name} took {watch.Elapsed}");
    }

    private static async Task Holds(string name, byte[] bytes)
    {
        switch (await Read.File(name, bytes))
        {
            case Reading.Refused refused:
                Assert.StartsWith(name + " ", refused.Reason, StringComparison.Ordinal);
                break;
            case Reading.Complete complete:
                Assert.NotEmpty(complete.Documents);
                Assert.All(complete.Documents, document => Assert.False(string.IsNullOrWhiteSpace(document.Title)));
                Assert.Equal(complete.Documents.Count, complete.Documents.DistinctBy(document => document.Key).Count());
                foreach (var chunk in Chunker.Cut(complete.Documents, new ChunkOptions()))
                {
                    Assert.InRange(TokenCount.Estimate(chunk.Text), 1, new ChunkOptions().Max);
                    Assert.DoesNotContain('\0', chunk.Title + chunk.Text);
                }
                break;
        }
    }
}
