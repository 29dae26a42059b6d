using System.Text.RegularExpressions;

namespace Support.Tests.Machine;

public sealed partial class ContainerFileTests
{
    [Theory]
    [InlineData("Dockerfile", "server/Support.Server.csproj")]
    [InlineData("functions/Dockerfile", "functions/Support.Functions.csproj")]
    [InlineData("ingestion/Dockerfile", "ingestion/Support.Ingestion.csproj")]
    public void It_publishes_a_project_that_exists(string file, string project)
    {
        Assert.Equal(project, Project().Match(Repository.Read(file)).Groups[1].Value);
        Assert.True(File.Exists(Repository.PathOf(project)));
    }

    [Theory]
    [InlineData("functions/Dockerfile")]
    [InlineData("ingestion/Dockerfile")]
    public void The_function_apps_lie_where_the_host_looks(string file)
    {
        var text = Repository.Read(file);
        Assert.Contains("FROM mcr.microsoft.com/azure-functions/dotnet:4\n", text, StringComparison.Ordinal);
        Assert.Contains("COPY --from=build /app /home/site/wwwroot\n", text, StringComparison.Ordinal);
        Assert.Contains("FUNCTIONS_WORKER_RUNTIME=custom", text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_of_the_builder_s_machine_gets_into_an_image() =>
        Assert.All([".azure", ".local", "**/local.settings.json", "infra/compose/*.env", "infra/compose/desk.pem"], name => Assert.Contains(name, Repository.Read(".dockerignore").Split('\n')));

    [GeneratedRegex(@"dotnet publish (\S+)")]
    private static partial Regex Project();
}
