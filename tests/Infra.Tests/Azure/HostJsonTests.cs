using System.Text.Json.Nodes;
using Support.Tests.Schemas;

namespace Support.Tests.Azure;

public sealed class HostJsonTests
{
    private const string Schema = "host.schema.json";

    [Theory]
    [InlineData("host.json", "Support.Functions")]
    [InlineData("ingestion/host.json", "Support.Ingestion")]
    public async Task It_fits_the_schema_and_says_what_the_handler_needs(string file, string program)
    {
        var text = Repository.Read(file);
        Assert.Equal([], await JsonSchema.ProblemsAsync(Schema, text));

        var host = JsonNode.Parse(text)!;
        Assert.Equal(program, (string)host["customHandler"]!["description"]!["defaultExecutablePath"]!);
        Assert.True((bool)host["customHandler"]!["enableProxyingHttpRequest"]!);
        // With routes of its own the host refuses every function.json.
        Assert.Null(host["customHandler"]!["http"]);
        Assert.Equal("", (string)host["extensions"]!["http"]!["routePrefix"]!);
        Assert.Equal("00:10:00", (string)host["functionTimeout"]!);
    }

    [Theory]
    [InlineData("host.json", 16, 8)]
    [InlineData("ingestion/host.json", 1, 0)]
    public void Queue_messages_are_plain_text_and_the_handler_gives_up_before_the_host_does(string file, int batch, int threshold)
    {
        var queues = JsonNode.Parse(Repository.Read(file))!["extensions"]!["queues"]!;
        Assert.Equal("none", (string)queues["messageEncoding"]!);
        Assert.Equal(("00:00:01", "00:00:30"), ((string)queues["maxPollingInterval"]!, (string)queues["visibilityTimeout"]!));
        Assert.Equal((batch, threshold), ((int)queues["batchSize"]!, (int)queues["newBatchThreshold"]!));
        // More than the attempts and deaths after which a job becomes a dead letter with its reason.
        Assert.Equal(20, (int)queues["maxDequeueCount"]!);
    }

    [Theory]
    [InlineData("\"none\"", "\"utf8\"")]
    [InlineData("\"2.0\"", "2")]
    [InlineData("\"00:10:00\"", "\"ten minutes\"")]
    public async Task A_slip_in_it_is_found(string right, string wrong)
    {
        var text = Repository.Read("host.json");
        Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.NotEmpty(await JsonSchema.ProblemsAsync(Schema, text.Replace(right, wrong, StringComparison.Ordinal)));
    }
}
