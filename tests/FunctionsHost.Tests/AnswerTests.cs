using System.Text;
using Support.FunctionsHost.App;
using Support.FunctionsHost.Invocations;

namespace Support.Tests.FunctionsHost;

/// <summary>The table of answers, a row at a time.</summary>
public sealed class AnswerTests
{
    private static readonly FunctionFile Function = new(
        "f", new Trigger.Queue("msg", "in-queue", "AzureWebJobsStorage"),
        [new QueueOutput("out", "out-queue", "AzureWebJobsStorage"), new QueueOutput("$return", "return-queue", "AzureWebJobsStorage")]);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Outputs":null,"Logs":null,"ReturnValue":null}""")]
    [InlineData("""{"Outputs":{},"Logs":[]}""")]
    public void An_object_is_success(string body) => Assert.IsType<Answer.Success>(Read(200, "application/json", body));

    [Fact]
    public void Any_2xx_will_do() => Assert.IsType<Answer.Success>(Read(202, "application/json", "{}"));

    [Theory]
    [InlineData(500, "application/json", "{}", "500")]
    [InlineData(302, "application/json", "{}", "302")]
    [InlineData(400, null, "", "400")]
    [InlineData(200, "text/plain", "{}", "text/plain")]
    [InlineData(200, "application/problem+json", "{}", "problem+json")]
    [InlineData(200, null, "{}", "no content type")]
    [InlineData(200, "application/json", "[]", "must be an object")]
    [InlineData(200, "application/json", "{broken", "no JSON")]
    [InlineData(200, "application/json", """{"Outputs":[]}""", "Outputs")]
    [InlineData(200, "application/json", """{"Outputs":{"other":["a"]}}""", "'other'")]
    [InlineData(200, "application/json", """{"Outputs":{"out":{"a":1}}}""", "list of texts")]
    [InlineData(200, "application/json", """{"Outputs":{"out":[1]}}""", "list of texts")]
    [InlineData(200, "application/json", """{"Logs":"a"}""", "Logs")]
    public void Anything_else_is_failure_and_says_why(int status, string? type, string body, string why) =>
        Assert.Contains(why, Assert.IsType<Answer.Failure>(Read(status, type, body)).Why, StringComparison.Ordinal);

    [Theory]
    [InlineData("application/json", "")]
    [InlineData(null, "")]
    [InlineData("application/json", "null")]
    public void An_empty_2xx_and_null_complete_nothing(string? type, string body) => Assert.IsType<Answer.Hang>(Read(200, type, body));

    [Theory]
    [InlineData("""{"Outputs":{"out":["{\"a\":1}","2"]}}""", "out:{\"a\":1} out:2")]
    [InlineData("""{"outputs":{"OUT":["a"]}}""", "out:a")]
    [InlineData("""{"Outputs":{"out":"aGVsbG8="}}""", "out:hello")]
    [InlineData("""{"Outputs":{"out":["aGVsbG8=","2026-11-26T10:43:53Z"]}}""", "out:aGVsbG8= out:2026-11-26T10:43:53Z")]
    [InlineData("""{"Outputs":{"out":"2026-11-26T10:43:53Z"}}""", "out:11/26/2026 10:43:53")]
    [InlineData("""{"Outputs":{"out":"plain text"}}""", "out:plain text")]
    [InlineData("""{"Outputs":{"out":null},"ReturnValue":["r"]}""", "$return:r")]
    public void Outputs_are_lists_of_texts_and_bare_texts_surprise(string body, string expected) =>
        Assert.Equal(expected, string.Join(' ', Assert.IsType<Answer.Success>(Read(200, "application/json", body)).Messages.Select(m => $"{m.Output.Binding}:{m.Text}")));

    private static Answer Read(int status, string? type, string body) => Answer.Read(Function, status, type, Encoding.UTF8.GetBytes(body));
}
