using System.Text.Json;
using Support.Bench.Quality;
using Support.Bench.Quality.Models;
using Support.Generation.Grounding;
using Support.Generation.Writing;
using Support.Questions;
using Support.Retrieval;

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
    public async Task Answers_of_a_model_are_measured_with_what_they_cost()
    {
        Write("corpus.jsonl",
            """{"id":"pay","title":"Как оплатить заказ картой","text":"Оплатить заказ картой можно на сайте до доставки. Карта привязывается в личном кабинете."}""",
            """{"id":"back","title":"Когда вернут деньги","text":"Деньги за возвращённый товар приходят на карту за 10 дней."}""",
            """{"id":"move","title":"Как перенести доставку","text":"Доставку можно перенести на другой день в личном кабинете."}""");
        Write("queries.jsonl", """{"id":"q1","text":"Как оплатить заказ картой?"}""", """{"id":"q2","text":"Когда вернут деньги за возвращённый товар?"}""", """{"id":"q3","text":"погода на Марсе"}""");
        var (code, output, _) = await Eval(["--data", _folder, "--model", "scripted"]);
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        double Of(string name) => root.GetProperty(name).GetDouble();
        Assert.Equal(0, code);
        Assert.Equal(
            ["dataset", "model", "queries", "ranking", "ranking_without_models", "answered", "written_by_model", "sentences", "grounded_share", "settled_by_words_share", "citation_precision", "choices", "abstention", "abstention_where_the_set_has_an_answer",
                "refused_by_the_guards", "not_answerable", "failed", "calls_per_question", "prompt_tokens_per_question", "completion_tokens_per_question", "cost_per_1000_questions"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal("scripted", root.GetProperty("model").GetString());
        Assert.Equal((3, 0), (Of("queries"), Of("failed")));
        Assert.True(Of("written_by_model") > .3 && Of("sentences") > 0, output);
        // The scripts copy whole sentences: words settle all of them, and none is made up.
        Assert.Equal((1, 1, 1), (Of("grounded_share"), Of("settled_by_words_share"), Of("citation_precision")));
        Assert.All(["ranking", "ranking_without_models"], which => Assert.All(["ndcg@10", "recall@1", "recall@5", "mrr@10"], metric => Assert.Equal(1, root.GetProperty(which).GetProperty(metric).GetDouble())));
        Assert.InRange(Of("calls_per_question"), 1, 4);
        Assert.InRange(Of("prompt_tokens_per_question"), 100, 4_000);
    }

    [Fact]
    public void What_a_model_had_to_show_is_told_from_what_words_settle()
    {
        WrittenSentence said = new(SupportVerdict.Supported, true), shown = new(SupportVerdict.Unclear, true), notShown = new(SupportVerdict.Unclear, false), notAsked = new(SupportVerdict.Unclear, null), contradicted = new(SupportVerdict.Unsupported, false);
        var metrics = new AnswerMetrics(new Dictionary<string, Dictionary<string, double>>(), document => $"{document}");
        var found = new Retrieved([], 0, new Dictionary<string, double>(), 0, 0);
        metrics.Add("q1", new Decided(new Decision.Escalate("not_supported", null), found, "ru", false) { Written = "refused: Unsupported", Sentences = [said, shown, notShown, contradicted] }, found);
        metrics.Add("q2", new Decided(new Decision.Escalate("not_supported", null), found, "ru", false) { Written = "refused: ForeignLink", Sentences = [shown, notAsked] }, found);
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(metrics.Report("set", "model")));
        Assert.Equal((6, .6, .3333), (json.RootElement.GetProperty("sentences").GetInt32(), json.RootElement.GetProperty("grounded_share").GetDouble(), json.RootElement.GetProperty("settled_by_words_share").GetDouble()));
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
