using Support.Tests.Schemas;

namespace Support.Tests.Azure;

public sealed class AzureYamlTests
{
    private const string Schema = "azure.yaml.v1.0.schema.json";
    private static readonly string Text = Repository.Read("azure.yaml");

    [Fact]
    public async Task It_fits_azd_s_schema() => Assert.Equal([], await JsonSchema.ProblemsAsync(Schema, Yaml.ToJson(Text).ToJsonString()));

    [Theory]
    [InlineData("preprovision:", "beforeprovision:")]
    [InlineData("    host: function", "    horst: function")]
    [InlineData("interactive: true", "interactive: often")]
    public async Task A_slip_in_it_is_found(string right, string wrong)
    {
        Assert.Contains(right, Text, StringComparison.Ordinal);
        Assert.NotEmpty(await JsonSchema.ProblemsAsync(Schema, Yaml.ToJson(Text.Replace(right, wrong, StringComparison.Ordinal)).ToJsonString()));
    }

    [Fact]
    public void What_it_names_is_there()
    {
        var azd = Yaml.ToJson(Text);
        foreach (var (name, service) in azd["services"]!.AsObject())
        {
            var project = (string)service!["project"]!;
            Assert.Single(Directory.GetFiles(Repository.PathOf(project), "*.csproj"));
            Assert.Equal(("function", "dotnet"), ((string)service["host"]!, (string)service["language"]!));
            Assert.Equal($"./{name}", project);
        }
        Assert.True(File.Exists(Repository.PathOf($"{azd["infra"]!["path"]}/{azd["infra"]!["module"]}.bicep")));
    }

    [Fact]
    public void Its_hooks_are_scripts_that_may_be_run()
    {
        var runs = Yaml.ToJson(Text)["hooks"]!.AsObject()
            .SelectMany(hook => hook.Value is System.Text.Json.Nodes.JsonArray several ? several.ToArray() : [hook.Value])
            .Select(hook => (string)hook!["run"]!).ToList();
        Assert.Equal(Repository.Files("infra/hooks", "*.sh"), runs.Order(StringComparer.Ordinal));
        Assert.All(runs, run => Assert.True(File.GetUnixFileMode(Repository.PathOf(run)).HasFlag(UnixFileMode.UserExecute), $"{run} may not be executed."));
    }
}
