namespace Support.Tests.Scripts;

public sealed class RoleJobTests
{
    private const string Job = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.App/jobs/make-database-role";

    [Theory]
    [InlineData("Succeeded", 0, "is there")]
    [InlineData("Failed", 1, "ended as Failed")]
    public async Task It_starts_the_job_and_tells_how_it_ended(string state, int exit, string says)
    {
        var hook = new HookRun();
        hook.Environment["SUPPORT_ROLE_JOB_ID"] = Job;
        hook.Stand("sleep", "");
        // Running at first, then at its end.
        hook.Stand("az", $$"""
            echo "$*" >> "$KEPT/calls"
            case "$*" in
                *"--method post"*) echo run-1 ;;
                *) if [ -e "$KEPT/asked" ]; then echo {{state}}; else touch "$KEPT/asked"; echo Running; fi ;;
            esac
            """);

        var run = await hook.RunAsync("make-database-role.sh");

        Assert.Equal(exit, run.Exit);
        Assert.Contains(says, run.Output + run.Errors, StringComparison.Ordinal);
        var calls = await File.ReadAllLinesAsync(Path.Combine(hook.Kept, "calls"));
        Assert.Equal(3, calls.Length);
        Assert.Contains($"{Job}/start?api-version=", calls[0], StringComparison.Ordinal);
        Assert.Contains($"{Job}/executions/run-1?api-version=", calls[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_never_ends_is_given_up_with_the_way_to_try_again()
    {
        var hook = new HookRun();
        hook.Environment["SUPPORT_ROLE_JOB_ID"] = Job;
        hook.Stand("sleep", "");
        hook.Stand("az", "echo Running");
        var run = await hook.RunAsync("make-database-role.sh");
        Assert.Equal(1, run.Exit);
        Assert.Contains("azd hooks run postprovision", run.Errors, StringComparison.Ordinal);
    }
}
