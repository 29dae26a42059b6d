using System.Text.Json;
using Support.Bench.Quality;

namespace Support.Tests.Quality;

public sealed class EvalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("support-eval-").FullName;

    public EvalTests()
    {
        Write("corpus.jsonl", """{"id":"pay","title":"Оплата","text":"Оплатить можно картой."}""", """{"id":"back","title":"Возврат","text":"Деньги вернём за 10 дней."}""");
        Write("queries.jsonl", """{"id":"q1","text":"как оплатить картой","answerable":true}""", """{"id":"q2","text":"когда вернут деньги"}""", """{"id":"q3","text":"погода на Марсе"}""");
        Write("qrels.tsv", "q1\tpay\t1", "q2\tback\t1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("--chunked")]
    public async Task Standard_output_is_one_object_with_the_agreed_fields(string option)
    {
        var (code, output, _) = await Eval(["--data", _folder, .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        Assert.Equal(0, code);
        Assert.Equal(
            ["dataset", "variant", "documents", "queries", "ndcg@10", "recall@1", "recall@5", "recall@10", "mrr@10", "index_seconds", "query_ms", "rss_mb", "escalation", "desk"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["p50", "p95", "p99"], root.GetProperty("query_ms").EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["auroc_correct", "auroc_answerable", "aurc", "coverage_at_5", "coverage_at_10", "ece"],
            root.GetProperty("escalation").EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["answered", "wrong_of_answered", "asked_back", "right_of_asked_back", "handed_over", "right_or_offered", "right_title_or_offered", "right_document_or_offered"],
            root.GetProperty("desk").EnumerateObject().Select(property => property.Name));
        Assert.Equal(1, root.GetProperty("recall@1").GetDouble());
        Assert.Equal(3, root.GetProperty("queries").GetInt32());
        Assert.Equal(1, root.GetProperty("escalation").GetProperty("auroc_answerable").GetDouble());
    }

    [Fact]
    public async Task A_variant_takes_its_own_files_and_for_the_rest_the_common_ones()
    {
        Write("corpus_removed.jsonl", """{"id":"pay","title":"Оплата","text":"Оплатить можно картой."}""");
        Write("qrels_removed.tsv", "q1\tpay\t1");
        var (code, output, _) = await Eval(["--data", _folder, "--variant", "removed", "--max", "2", "--language", "ru"]);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(0, code);
        Assert.Equal("removed", json.RootElement.GetProperty("variant").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("documents").GetInt32());
        Assert.Equal(2, json.RootElement.GetProperty("queries").GetInt32());
    }

    [Fact]
    public async Task Written_questions_are_measured_without_and_with_them()
    {
        Write("queries.jsonl", """{"id":"q1","text":"как оплатить картой"}""", """{"id":"q2","text":"хочу назад свои рубли"}""");
        Write("written.jsonl", """{"id":"back","questions":["хочу рубли назад"]}""");
        var (code, output, _) = await Eval(["--data", _folder, "--questions", Path.Combine(_folder, "written.jsonl")]);
        using var json = JsonDocument.Parse(output);
        var found = json.RootElement.EnumerateArray().ToDictionary(row => row.GetProperty("weight").GetDouble(), row => row.GetProperty("recall@1").GetDouble());
        Assert.Equal(0, code);
        Assert.Equal((.5, 1), (found[0], found[.2]));
    }

    [Fact]
    public async Task No_question_is_written_for_itself()
    {
        // The only other question of each document is of the other half, and shares no word with this one.
        Write("queries.jsonl", """{"id":"q1","text":"хочу назад свои рубли"}""", """{"id":"q2","text":"погода на Марсе"}""");
        Write("qrels.tsv", "q1\tback\t1", "q2\tpay\t1");
        var (_, output, _) = await Eval(["--data", _folder, "--questions", "held-out"]);
        using var json = JsonDocument.Parse(output);
        Assert.All(json.RootElement.EnumerateArray(), row => Assert.Equal(0, row.GetProperty("recall@10").GetDouble()));
    }

    [Fact]
    public async Task Without_unanswerable_questions_there_is_no_answerability()
    {
        var (_, output, _) = await Eval(["--data", _folder, "--max", "2"]);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("escalation").GetProperty("auroc_answerable").ValueKind);
    }

    [Theory]
    [InlineData("", "--data is missing")]
    [InlineData("--data nowhere", "there is no corpus.jsonl")]
    [InlineData("--data FOLDER --variant none", "no file in")]
    [InlineData("--data FOLDER --max 0", "--max 0")]
    [InlineData("--data FOLDER --language de", "--language de")]
    [InlineData("--data FOLDER --questions nowhere.jsonl", "there is no such file")]
    [InlineData("--data FOLDER --questions held-out --embeddings grams", "give one of the two")]
    [InlineData("--data", "--data needs a value")]
    [InlineData("--fast", "--fast is no option")]
    public async Task A_wrong_command_line_says_what_is_wrong_and_prints_no_result(string line, string message)
    {
        var (code, output, errors) = await Eval(line.Replace("FOLDER", _folder, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(_folder, name), lines);

    private static async Task<(int Code, string Output, string Errors)> Eval(string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await EvalCommand.RunAsync(args, output, errors, TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }
}
