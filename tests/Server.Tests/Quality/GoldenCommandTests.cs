using Support.Bench.Quality;

namespace Support.Tests.Quality;

public sealed class GoldenCommandTests : IDisposable
{
    private const string Same = """{"query":"оплатить картой","repaired":"оплатить картой","top":[{"id":"pay","stage1":1.0,"bigrams":0.0,"cover8":1.0,"cover16":1.0}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("support-golden-").FullName;

    public GoldenCommandTests()
    {
        Write("corpus.jsonl", """{"id":"pay","title":"Оплата","text":"Оплатить можно картой."}""", """{"id":"back","title":"Возврат","text":"Деньги вернём за 10 дней."}""");
        Write("queries.jsonl");
        Write("qrels.tsv");
    }

    [Theory]
    [InlineData("pay", "pay", 0)]
    [InlineData("\"repaired\":\"оплатить", "\"repaired\":\"оплата", 1)]
    [InlineData("\"stage1\":1.0", "\"stage1\":0.9998", 1)]
    [InlineData("\"bigrams\":0.0", "\"bigrams\":0.1", 1)]
    [InlineData("\"cover8\":1.0", "\"cover8\":0.9", 1)]
    [InlineData("\"cover16\":1.0", "\"cover16\":0.9", 1)]
    [InlineData("\"id\":\"pay\"", "\"id\":\"gone\"", 1)]
    public async Task Golden_ends_with_1_where_a_text_or_a_part_differs(string part, string other, int code)
    {
        Write("golden.jsonl", Same.Replace(part, other, StringComparison.Ordinal));
        Assert.Equal(code, await GoldenAsync("golden.jsonl"));
    }

    [Fact]
    public async Task Golden_does_not_pass_on_nothing()
    {
        Write("golden.jsonl");
        Assert.Equal(1, await GoldenAsync("golden.jsonl"));
        Assert.Equal(2, await GoldenAsync("missing.jsonl"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(_folder, name), lines);

    private Task<int> GoldenAsync(string golden) =>
        GoldenCommand.RunAsync(["--data", _folder, "--golden", Path.Combine(_folder, golden)], TextWriter.Null, TextWriter.Null, TestContext.Current.CancellationToken);
}
