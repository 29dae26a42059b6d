using System.Reflection;

namespace Support.Tests.Architecture;

/// <summary>Who may import whom, read from the assemblies themselves.</summary>
public sealed class ReferencesTests
{
    private static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["Support.Core"] = [],
        ["Support.Simulation"] = [],
        ["Support.Adapters"] = ["Support.Core"],
        ["Support.Functions"] = ["Support.Core", "Support.Adapters"],
        ["Support.Ingestion"] = ["Support.Core", "Support.Adapters"],
        ["Support.Server"] = ["Support.Core", "Support.Adapters", "Support.Functions", "Support.Ingestion", "Support.Simulation"],
    };

    /// <summary>Tools that measure or test import what they measure or test; nothing may import them.</summary>
    private static readonly string[] Tools = ["Support.Contracts", "Support.Bench", "Support.FunctionsHost", "Support.QdrantStandIn"];

    [Fact]
    public void Projects_import_only_what_the_design_allows()
    {
        var assemblies = Directory.GetFiles(AppContext.BaseDirectory, "Support.*.dll").Select(file => AssemblyName.GetAssemblyName(file).Name!).ToList();
        Assert.Equal([], assemblies.Except(Allowed.Keys).Except(Tools));
        Assert.Equal([], Allowed.Keys.Except(assemblies));

        foreach (var (project, allowed) in Allowed)
        {
            var imported = Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name!).Where(name => name.StartsWith("Support.", StringComparison.Ordinal));
            Assert.Equal([], imported.Except(allowed).Select(name => $"{project} imports {name}"));
        }
    }

    [Theory]
    [InlineData("Support.Core", "Microsoft.AspNetCore")]
    [InlineData("Support.Core", "Azure")]
    [InlineData("Support.Adapters", "Microsoft.AspNetCore")]
    public void The_desk_itself_knows_no_web_server_and_only_adapters_know_a_cloud(string project, string foreign) =>
        Assert.DoesNotContain(Assembly.Load(project).GetReferencedAssemblies(), a => a.Name!.StartsWith(foreign, StringComparison.Ordinal));
}
