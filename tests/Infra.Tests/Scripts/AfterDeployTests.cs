namespace Support.Tests.Scripts;

public sealed class AfterDeployTests
{
    private const string Key = "0123456789abcdef-upload-key";

    [Fact]
    public async Task Set_up_is_asked_for_with_the_key_until_the_new_app_answers()
    {
        var round = 0;
        await using var app = await Answering.StartAsync(_ => ++round < 3 ? (503, "starting") : (200, "{}"));
        var run = await Hook(app, app).RunAsync("set-up.sh");
        Assert.Equal((0, "The desk is set up.\n", ""), (run.Exit, run.Output, run.Errors));
        Assert.Equal(Enumerable.Repeat($"POST /set-up Bearer {Key}", 3), app.Asked);
    }

    [Fact]
    public async Task A_desk_that_would_hear_nothing_is_no_success()
    {
        await using var app = await Answering.StartAsync(_ => (200, """{"migrations":0,"bots":[{"bot":1,"username":"","problem":"401 Unauthorized"}],"problem":null}"""));
        var run = await Hook(app, app).RunAsync("set-up.sh");
        Assert.Equal((1, ""), (run.Exit, run.Output));
        Assert.Contains("401 Unauthorized", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, 1)]
    [InlineData(500, 4)]
    public async Task A_refusal_is_told_in_one_line_without_the_key(int status, int asked)
    {
        await using var app = await Answering.StartAsync(_ => (status, "The role is\na superuser."));
        var run = await Hook(app, app).RunAsync("set-up.sh");
        Assert.Equal(1, run.Exit);
        Assert.Equal($"POST {app.Url}/set-up answered {status}: The role is a superuser.\n", run.Errors);
        Assert.DoesNotContain(Key, run.Output + run.Errors, StringComparison.Ordinal);
        Assert.Equal(asked, app.Asked.Count);
    }

    [Fact]
    public async Task The_key_stands_on_no_command_line()
    {
        await using var app = await Answering.StartAsync(_ => (200, "{\"decision\":\"escalate\"}"));
        var hook = Hook(app, app);
        hook.Stand("curl", "echo \"$*\" >> \"$KEPT/arguments\"; cat >> \"$KEPT/input\"; echo 200; exit 0");
        await hook.RunAsync("set-up.sh");
        await hook.RunAsync("smoke-test.sh");
        Assert.DoesNotContain(Key, await File.ReadAllTextAsync(Path.Combine(hook.Kept, "arguments")), StringComparison.Ordinal);
        Assert.Contains(Key, await File.ReadAllTextAsync(Path.Combine(hook.Kept, "input")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_smoke_test_looks_at_both_apps_and_asks_a_question()
    {
        await using var functions = await Answering.StartAsync(asked => (200, asked.StartsWith("POST /ask", StringComparison.Ordinal) ? "{\"decision\":\"escalate\"}" : "ok"));
        await using var ingestion = await Answering.StartAsync(_ => (200, "ok"));
        var run = await Hook(functions, ingestion).RunAsync("smoke-test.sh");
        Assert.Equal((0, ""), (run.Exit, run.Errors));
        Assert.Equal(["GET /health", $"POST /ask Bearer {Key} {{\"question\": \"Can you hear me?\"}}"], functions.Asked);
        Assert.Equal(["GET /health"], ingestion.Asked);
    }

    [Theory]
    [InlineData("GET /health", "failed")]
    [InlineData("POST /ask", "gave no decision")]
    public async Task An_app_that_cannot_work_fails_the_smoke_test(string ill, string says)
    {
        await using var app = await Answering.StartAsync(asked => asked.StartsWith(ill, StringComparison.Ordinal) ? (ill == "POST /ask" ? 200 : 403, "{\"error\":\"no\"}") : (200, "ok"));
        var run = await Hook(app, app).RunAsync("smoke-test.sh");
        Assert.Equal(1, run.Exit);
        Assert.Contains(says, run.Errors, StringComparison.Ordinal);
        Assert.Contains("{\"error\":\"no\"}", run.Errors, StringComparison.Ordinal);
    }

    private static HookRun Hook(Answering functions, Answering ingestion)
    {
        var hook = new HookRun();
        hook.Environment["SUPPORT_FUNCTIONS_URL"] = functions.Url;
        hook.Environment["SUPPORT_INGESTION_URL"] = ingestion.Url;
        hook.Environment["SUPPORT_UPLOAD_KEY"] = Key;
        hook.Environment["SUPPORT_SET_UP_TRIES"] = "4";
        hook.Environment["SUPPORT_SET_UP_PAUSE"] = "0";
        hook.Environment["SUPPORT_SMOKE_TRIES"] = "0";
        return hook;
    }
}
