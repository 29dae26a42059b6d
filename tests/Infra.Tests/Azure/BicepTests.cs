using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Support.Tests.Azure;

public sealed partial class BicepTests
{
    [Fact]
    public async Task The_compiler_has_nothing_to_say_about_any_file()
    {
        var (_, run) = await Bicep.MainAsync();
        Assert.Equal((0, "", ""), (run.Exit, run.Output, run.Errors));
    }

    /// <summary>A file that no other names is compiled by nothing.</summary>
    [Fact]
    public void Every_file_is_reached_from_main()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        Reach("infra/main.bicep");
        Assert.Equal(Repository.Files("infra", "*.bicep"), reached.Order(StringComparer.Ordinal));

        void Reach(string file)
        {
            if (!reached.Add(file))
                return;
            foreach (Match module in Modules().Matches(Repository.Read(file)))
                Reach(Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.PathOf(file))!, module.Groups[1].Value))).Replace('\\', '/'));
        }
    }

    [Fact]
    public async Task A_property_that_Azure_does_not_know_is_found()
    {
        var file = Path.Combine(Contracts.TestFolders.New("bicep"), "wrong.bicep");
        await File.WriteAllTextAsync(file, Repository.Read("infra/modules/budget.bicep").Replace("timeGrain", "timeGrane", StringComparison.Ordinal));
        Assert.Contains("timeGrane", (await Bicep.RunAsync("lint", file)).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parameters_file_gives_each_parameter_and_no_other()
    {
        var given = JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!.AsObject();
        var wanted = JsonNode.Parse(await File.ReadAllTextAsync((await Bicep.MainAsync()).File))!["parameters"]!.AsObject();
        Assert.Equal(wanted.Select(parameter => parameter.Key).Order(), given.Select(parameter => parameter.Key).Order());
    }

    /// <summary>What azd puts into the parameters comes from azd itself, from make-secrets.sh, or has a default that docs/azure.md tells of.</summary>
    [Fact]
    public void What_the_parameters_file_asks_of_the_environment_is_there_or_explained()
    {
        var hook = Repository.Read("infra/hooks/make-secrets.sh");
        var guide = Repository.Read("docs/azure.md");
        Assert.All(Variables().Matches(Repository.Read("infra/main.parameters.json")), variable =>
        {
            var name = variable.Groups[1].Value;
            if (name.StartsWith("AZURE_", StringComparison.Ordinal))
                Assert.Contains(name, (string[])["AZURE_ENV_NAME", "AZURE_LOCATION"]);
            else if (variable.Groups[2].Success)
                Assert.Contains($"`{name}`", guide, StringComparison.Ordinal);
            else
                Assert.Contains(name, hook, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void What_alerts_and_workbook_look_for_is_what_the_code_writes()
    {
        const string Said = "became a dead letter";
        Assert.Contains(Said, Repository.Read("core/Jobs/JobRunner.cs"), StringComparison.Ordinal);
        Assert.Contains($"message has \"{Said}\"", Repository.Read("infra/modules/alerts.bicep"), StringComparison.Ordinal);
        var queries = JsonNode.Parse(Repository.Read("infra/modules/workbook.json"))!["items"]!.AsArray().Select(item => (string?)item!["content"]!["query"]).OfType<string>().ToList();
        Assert.Contains(queries, query => query.Contains($"message has \"{Said}\"", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^module \w+ '([^']+)'", RegexOptions.Multiline)]
    private static partial Regex Modules();

    [GeneratedRegex(@"\$\{(\w+)(=[^}]*)?\}")]
    private static partial Regex Variables();
}
