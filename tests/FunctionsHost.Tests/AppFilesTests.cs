using System.Text.Json.Nodes;
using Support.Contracts;
using Support.FunctionsHost;
using Support.FunctionsHost.App;

namespace Support.Tests.FunctionsHost;

/// <summary>What a published folder must look like, and what is said when it does not.</summary>
public sealed class AppFilesTests
{
    private readonly string _folder = TestFolders.New("app-files");

    public AppFilesTests() => Write("host.json", Payload.Read("host.json"));

    [Fact]
    public void The_documented_files_are_understood()
    {
        Write("webhook/function.json", Payload.Read("http-function.json"));
        Write("answer-question/function.json", Payload.Read("queue-function.json"));
        Write("sweep/function.json", Payload.Read("timer-function.json"));
        var app = Read();
        Assert.Equal(["answer-question", "sweep", "webhook"], app.Functions.Select(f => f.Name));
        Assert.Equal((TimeSpan.FromMinutes(10), "Support.Functions", true, ""), (app.Host.FunctionTimeout, app.Host.Executable, app.Host.ProxiesHttp, app.Host.RoutePrefix));
        Assert.Equal(new QueueSettings(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30), 16, 8, 5, Base64: true), app.Host.Queues);
        Assert.Equal(new Trigger.Queue("msg", "questions", "AzureWebJobsStorage"), app.Functions[0].Trigger);
        var http = Assert.IsType<Trigger.Http>(app.Functions[2].Trigger);
        Assert.Equal(("telegram/{bot}", "POST", true), (http.Route, http.Methods.Single(), http.Anonymous));
    }

    [Fact]
    public void What_is_left_out_has_the_hosts_defaults()
    {
        Write("host.json", """{"version":"2.0","customHandler":{"description":{"defaultExecutablePath":"x","arguments":["--a b","c"]}}}""");
        Write("sweep/function.json", Payload.Read("timer-function.json"));
        var host = Read().Host;
        Assert.Equal((TimeSpan.FromMinutes(30), false, "api", "--a b c"), (host.FunctionTimeout, host.ProxiesHttp, host.RoutePrefix, host.Arguments));
        Assert.Equal(new QueueSettings(TimeSpan.FromMinutes(1), TimeSpan.Zero, 16, 8, 5, Base64: true), host.Queues);
    }

    [Theory]
    [InlineData("version", "\"1.0\"", "version is '1.0'")]
    [InlineData("extra", "1", "extra is not known here")]
    [InlineData("functionTimeout", "\"10 minutes\"", "functionTimeout is '10 minutes'")]
    [InlineData("functionTimeout", "600", "functionTimeout is 600; it must be a text")]
    [InlineData("customHandler", "null", "customHandler is missing")]
    [InlineData("customHandler", """{"description":{}}""", "customHandler.description.defaultExecutablePath is missing")]
    [InlineData("customHandler", """{"description":{"defaultExecutablePath":"x"},"http":{"routes":[]}}""", "customHandler.http.routes stops the host")]
    [InlineData("customHandler", """{"description":{"defaultExecutablePath":"x"},"port":8080}""", "customHandler.port fixes a port")]
    [InlineData("extensionBundle", """{"id":"a"}""", "extensionBundle.version is missing")]
    [InlineData("extensions", """{"queues":{"batchSize":33}}""", "extensions.queues.batchSize is 33; it must be a whole number from 1 to 32")]
    [InlineData("extensions", """{"queues":{"messageEncoding":"utf8"}}""", "must be one of: base64, none")]
    [InlineData("extensions", """{"queues":{"maxPollingInterval":"00:00:00.050"}}""", "must be a time from 00:00:00.1000000")]
    [InlineData("extensions", """{"queues":{"visibilityTimout":"00:00:30"}}""", "visibilityTimout is not known here")]
    [InlineData("extensions", """{"telegram":{}}""", "extensions.telegram is not known here")]
    public void A_wrong_host_json_is_refused(string key, string value, string expected)
    {
        var host = (JsonObject)JsonNode.Parse(Payload.Read("host.json"))!;
        host[key] = JsonNode.Parse(value);
        Write("host.json", host.ToJsonString());
        Write("sweep/function.json", Payload.Read("timer-function.json"));
        Refused(expected);
    }

    [Theory]
    [InlineData("""{}""", "bindings has 0 triggers")]
    [InlineData("""{"bindings":[{"name":"t","type":"timerTrigger","direction":"in"}]}""", "bindings[0].schedule is missing")]
    [InlineData("""{"bindings":[{"name":"t","type":"timerTrigger","direction":"in","schedule":"0 0 * * *"}]}""", "schedule is '0 0 * * *' and has 5 fields")]
    [InlineData("""{"bindings":[{"name":"t","type":"timerTrigger","direction":"out","schedule":"0 0 0 * * *"}]}""", "direction is 'out'; for timerTrigger it must be 'in'")]
    [InlineData("""{"bindings":[{"name":"t","type":"timerTrigger","schedule":"0 0 0 * * *"}]}""", "bindings[0].direction is missing")]
    [InlineData("""{"bindings":[{"name":"t","type":"timerTrigger","direction":"in","schedule":"0 0 0 * * *","shedule":""}]}""", "shedule is not known here")]
    [InlineData("""{"bindings":[{"name":"t","type":"blobTrigger","direction":"in"}]}""", "type is 'blobTrigger'; known here are")]
    [InlineData("""{"bindings":[{"name":"q","type":"queueTrigger","direction":"in","queueName":"Questions"}]}""", "queueName is 'Questions'")]
    [InlineData("""{"bindings":[{"name":"q","type":"queueTrigger","direction":"in"}]}""", "queueName is missing")]
    [InlineData("""{"bindings":[{"name":"1q","type":"queueTrigger","direction":"in","queueName":"abc"}]}""", "name is '1q'")]
    [InlineData("""{"bindings":[{"name":"q","type":"queueTrigger","direction":"in","queueName":"abc"},{"name":"Q","type":"queue","direction":"out","queueName":"abc"}]}""", "has the name 'q' twice")]
    [InlineData("""{"bindings":[{"name":"q","type":"queueTrigger","direction":"in","queueName":"abc"},{"name":"t","type":"timerTrigger","direction":"in","schedule":"0 0 0 * * *"}]}""", "bindings has 2 triggers")]
    [InlineData("""{"bindings":[{"name":"q","type":"queueTrigger","direction":"in","queueName":"%NOT_THERE%"}]}""", "names the setting NOT_THERE")]
    [InlineData("""{"bindings":[{"name":"q","type":"httpTrigger","direction":"in","route":"a"}]}""", "0 http and 0 queue outputs")]
    [InlineData("""{"bindings":[{"name":"q","type":"httpTrigger","direction":"in","route":"/a"},{"name":"r","type":"http","direction":"out"}]}""", "must not begin with /")]
    [InlineData("""{"bindings":[{"name":"q","type":"httpTrigger","direction":"in","route":"admin/a"},{"name":"r","type":"http","direction":"out"}]}""", "belong to the host")]
    [InlineData("""{"bindings":[{"name":"q","type":"httpTrigger","direction":"in","route":"runtimes"},{"name":"r","type":"http","direction":"out"}]}""", "belong to the host")]
    [InlineData("""{"bindings":[{"name":"q","type":"httpTrigger","direction":"in","methods":["fetch"]},{"name":"r","type":"http","direction":"out"}]}""", "methods holds 'fetch'")]
    [InlineData("""{"bindings":[{"name":"q","type":"httpTrigger","direction":"in","authLevel":"everyone"},{"name":"r","type":"http","direction":"out"}]}""", "authLevel is 'everyone'")]
    [InlineData("""{"bindings":[{"name":"q","type":"queueTrigger","direction":"in","queueName":"abc"},{"name":"r","type":"http","direction":"out"}]}""", "nobody waits for that answer")]
    [InlineData("""{"bindings":[{"name":"t","name":"t"}]}""", "bindings[0].name is there twice")]
    [InlineData("""{"bindings":{}}""", "bindings is Object; it must be a list")]
    [InlineData("""{bindings""", "is no JSON")]
    public void A_wrong_function_json_is_refused(string json, string expected)
    {
        Write("my-function/function.json", json);
        Refused(expected);
    }

    [Theory]
    [InlineData("1st")]
    [InlineData("Host")]
    [InlineData("with.dot")]
    public void A_folder_with_a_wrong_name_is_refused(string name)
    {
        Write($"{name}/function.json", Payload.Read("timer-function.json"));
        Refused($"lies in the folder '{name}', which is no function name");
    }

    [Theory]
    [InlineData("a/{x}", "a/{y}", """["get"]""", """["get","post"]""", true)]
    [InlineData("a/{x}", "A/{y}", """["get"]""", """["post"]""", false)]
    [InlineData("a/{x}", "a/b", """["get"]""", """["get"]""", false)]
    [InlineData("a/{x}", "a/{*x}", """["get"]""", """["get"]""", false)]
    public void Two_functions_share_a_route_only_with_different_methods(string one, string other, string methods, string others, bool refused)
    {
        var folder = new AppFolder().Http("first", one, methods).Http("second", other, others);
        var path = folder.Save();
        if (refused)
            Assert.Contains("first and second both answer", Assert.Throws<FunctionsHostException>(() => Read(path)).Message, StringComparison.Ordinal);
        else
            Assert.Equal(2, Read(path).Functions.Count);
    }

    [Fact]
    public void An_HTTP_function_needs_proxying()
    {
        Write("host.json", """{"version":"2.0","customHandler":{"description":{"defaultExecutablePath":"x"}}}""");
        Write("webhook/function.json", Payload.Read("http-function.json"));
        Refused("enableProxyingHttpRequest");
    }

    [Fact]
    public void A_folder_without_functions_or_host_json_is_refused()
    {
        Refused("holds no function");
        File.Delete(Path.Combine(_folder, "host.json"));
        Refused("host.json is not there");
    }

    [Fact]
    public void The_executable_is_the_apps_own_or_a_command()
    {
        Write("sweep/function.json", Payload.Read("timer-function.json"));
        var settings = new AppSettings(new Dictionary<string, string?> { ["PATH"] = $"/nowhere:{_folder}/bin" });
        Assert.Contains("defaultExecutablePath is 'Support.Functions'", Assert.Throws<FunctionsHostException>(() => HandlerCommand.Of(Read(), settings)).Message, StringComparison.Ordinal);
        Write("bin/Support.Functions", "");
        Assert.Equal($"{_folder}/bin/Support.Functions", HandlerCommand.Of(Read(), settings).Executable);
        Write("Support.Functions", "");
        Assert.Equal($"{_folder}/Support.Functions", HandlerCommand.Of(Read(), settings).Executable);
    }

    [Theory]
    [InlineData("", "no AccountName")]
    [InlineData("AccountName=a", "no AccountKey")]
    [InlineData("AccountName=a;AccountKey=?", "AccountKey that is no base64")]
    [InlineData("AccountName=a;AccountKey=YQ==;QueueEndpoint=here", "QueueEndpoint that is no http")]
    public async Task A_wrong_connection_string_stops_the_start_and_is_not_repeated(string connection, string expected)
    {
        var folder = new AppFolder().Queue("answer-it", "questions");
        var options = new FunctionsHostOptions { AppFolder = folder.Save(), Environment = new Dictionary<string, string?> { ["AzureWebJobsStorage"] = connection } };
        var e = await Assert.ThrowsAsync<FunctionsHostException>(() => FunctionsHostRun.StartAsync(options, CancellationToken.None));
        Assert.Contains("AzureWebJobsStorage", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_connection_stops_the_start()
    {
        var e = await Assert.ThrowsAsync<FunctionsHostException>(() => HostedApp.StartAsync(new AppFolder().Queue("answer-it", "questions")));
        Assert.Contains("the setting AzureWebJobsStorage, which its binding names", e.Message, StringComparison.Ordinal);
    }

    private FunctionApp Read(string? folder = null) => FunctionApp.Read(folder ?? _folder, new AppSettings(new Dictionary<string, string?>()));

    private void Refused(string expected) => Assert.Contains(expected, Assert.Throws<FunctionsHostException>(() => Read()).Message, StringComparison.Ordinal);

    private void Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
