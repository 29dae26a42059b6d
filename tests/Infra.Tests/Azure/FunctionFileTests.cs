using System.Text.Json.Nodes;
using Support.Jobs;

namespace Support.Tests.Azure;

public sealed class FunctionFileTests
{
    [Fact]
    public void Every_function_obeys_the_host_s_rules()
    {
        Assert.Equal(["functions", "ingestion"], FunctionFile.All().Select(function => function.App).Distinct());
        Assert.Empty(FunctionFile.All().SelectMany(function => function.Problems().Select(problem => $"{function.App}/{function.Name}: {problem}")));
    }

    /// <summary>In the same app: a poison message is best understood where its queue is.</summary>
    [Fact]
    public void Every_queue_and_its_poison_queue_has_one_function()
    {
        var functions = FunctionFile.All().Where(function => function.Queue is not null).ToList();
        Assert.Equal(Queues.All.Concat(Queues.All.Select(queue => queue + "-poison")).Order(), functions.Select(function => function.Queue!).Order());
        Assert.All(Queues.All, queue => Assert.Single(functions.Where(function => function.Queue == queue || function.Queue == queue + "-poison").Select(function => function.App).Distinct()));
    }

    [Fact]
    public void No_two_functions_of_an_app_answer_the_same_call() =>
        Assert.All(FunctionFile.All().GroupBy(function => function.App), app =>
        {
            var calls = app.SelectMany(function => function.Calls).Select(call => call.ToUpperInvariant()).ToList();
            Assert.Equal(calls.Distinct(), calls);
        });

    private const string Http = """{"bindings":[{"name":"req","type":"httpTrigger","direction":"in","authLevel":"anonymous","methods":["post"],"route":"telegram/{bot}"},{"name":"res","type":"http","direction":"out"}]}""";
    private const string Queue = """{"bindings":[{"name":"msg","type":"queueTrigger","direction":"in","queueName":"questions","connection":"AzureWebJobsStorage"}]}""";
    private const string Timer = """{"bindings":[{"name":"timer","type":"timerTrigger","direction":"in","schedule":"0 */5 * * * *"}]}""";

    [Theory]
    [InlineData("telegram-webhook", Http)]
    [InlineData("answer-question", Queue)]
    [InlineData("sweep", Timer)]
    public void A_right_one_has_no_problem(string name, string json) => Assert.Empty(new FunctionFile("functions", name, JsonNode.Parse(json)!).Problems());

    [Theory]
    [InlineData("host", Queue, "", "")]
    [InlineData("9lives", Queue, "", "")]
    [InlineData("a.b", Queue, "", "")]
    [InlineData("ok", Queue, "questions", "questionz")]
    [InlineData("ok", Queue, "questions", "poison-questions")]
    [InlineData("ok", Queue, "AzureWebJobsStorage", "Storage")]
    [InlineData("ok", Queue, "\"in\"", "\"out\"")]
    [InlineData("ok", Queue, "\"queueTrigger\"", "\"queue\"")]
    [InlineData("ok", Queue, "}]}", "},{\"name\":\"out\",\"type\":\"queue\",\"direction\":\"out\",\"queueName\":\"x\",\"connection\":\"AzureWebJobsStorage\"}]}")]
    [InlineData("ok", Queue, "}]}", "}],\"scriptFile\":\"x\"}")]
    [InlineData("ok", Queue, "queueTrigger", "blobTrigger")]
    [InlineData("ok", Http, "anonymous", "function")]
    [InlineData("ok", Http, "\"post\"", "\"POST\"")]
    [InlineData("ok", Http, "telegram/{bot}", "{*path}")]
    [InlineData("ok", Http, "telegram/{bot}", "admin/keys")]
    [InlineData("ok", Http, "telegram/{bot}", "/telegram")]
    [InlineData("ok", Http, ",{\"name\":\"res\",\"type\":\"http\",\"direction\":\"out\"}", "")]
    [InlineData("ok", Timer, "0 */5 * * * *", "*/5 * * * *")]
    [InlineData("ok", Timer, "\"schedule\"", "\"runOnStartup\":true,\"schedule\"")]
    public void A_slip_is_found(string name, string json, string right, string wrong)
    {
        var changed = right.Length == 0 ? json : json.Replace(right, wrong, StringComparison.Ordinal);
        Assert.True(right.Length == 0 || changed != json);
        Assert.NotEmpty(new FunctionFile("functions", name, JsonNode.Parse(changed)!).Problems());
    }
}
