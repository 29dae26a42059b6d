using System.Text.Json.Nodes;
using Support.Jobs;

namespace Support.Tests.Azure;

/// <summary>What `azd up` would ask of Azure, worked out without Azure.</summary>
public sealed class DeploymentTests
{
    private static readonly Dictionary<string, string> Dev = new() { ["size"] = "'dev'" };
    private static readonly Dictionary<string, string> Prod = new() { ["size"] = "'prod'", ["qdrant"] = "'none'", ["openAi"] = "true" };

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public async Task Each_app_has_a_Flex_plan_a_package_container_and_an_identity_of_its_own(string size)
    {
        var resources = await Bicep.PredictAsync(size == "dev" ? Dev : Prod);
        var apps = Of(resources, "Microsoft.Web/sites");
        var plans = Of(resources, "Microsoft.Web/serverfarms");

        Assert.Equal(["functions", "ingestion"], apps.Select(app => (string)app["tags"]!["azd-service-name"]!));
        Assert.All(plans, plan => Assert.Equal(("FC1", true), ((string)plan["sku"]!["name"]!, (bool)plan["properties"]!["reserved"]!)));
        Assert.Equal(plans.Select(plan => (string)plan["id"]!), apps.Select(app => (string)app["properties"]!["serverFarmId"]!));
        Assert.Equal(2, apps.Select(Package).Distinct().Count());
        Assert.Equal(2, apps.Select(app => app["identity"]!["userAssignedIdentities"]!.AsObject().Single().Key).Distinct().Count());
        Assert.All(apps, app =>
        {
            var properties = app["properties"]!;
            Assert.True((bool)properties["httpsOnly"]!);
            Assert.Equal(("custom", "1.0"), ((string)properties["functionAppConfig"]!["runtime"]!["name"]!, (string)properties["functionAppConfig"]!["runtime"]!["version"]!));
            Assert.Equal("UserAssignedIdentity", (string)properties["functionAppConfig"]!["deployment"]!["storage"]!["authentication"]!["type"]!);
        });
    }

    [Fact]
    public async Task What_is_kept_ready_are_functions_that_exist()
    {
        var apps = Of(await Bicep.PredictAsync(Prod), "Microsoft.Web/sites");
        var ready = apps.SelectMany(app => Scale(app)["alwaysReady"]!.AsArray().Select(entry => (App: (string)app["tags"]!["azd-service-name"]!, Name: (string)entry!["name"]!))).ToList();
        Assert.NotEmpty(ready);
        Assert.All(ready.Where(entry => entry.Name != "http"), entry =>
            Assert.True(Directory.Exists(Repository.PathOf($"{entry.App}/{entry.Name.Replace("function:", "", StringComparison.Ordinal)}")), $"{entry.App} has no {entry.Name}."));
    }

    [Fact]
    public async Task The_queues_are_those_of_the_code_and_keys_open_nothing()
    {
        var resources = await Bicep.PredictAsync(Dev);
        var queues = Of(resources, "Microsoft.Storage/storageAccounts/queueServices/queues").Select(queue => ((string)queue["name"]!).Split('/')[^1]);
        Assert.Equal(Queues.All.Concat(Queues.All.Select(queue => queue + "-poison")).Order(), queues.Order());
        Assert.All(Of(resources, "Microsoft.Storage/storageAccounts"), account => Assert.False((bool)account["properties"]!["allowSharedKeyAccess"]!));
    }

    [Fact]
    public async Task Both_identities_have_the_roles_they_need_and_no_more()
    {
        string[] roles =
        [
            "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", // Storage Blob Data Owner
            "974c5e8b-45b9-4653-ba55-5f855dd0fb88", // Storage Queue Data Contributor
            "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", // Storage Table Data Contributor
            "3913510d-42f4-4e42-8a64-420c390055eb", // Monitoring Metrics Publisher
            "4633458b-17de-408a-b874-0445c86b69e6", // Key Vault Secrets User
        ];
        var given = Of(await Bicep.PredictAsync(Dev), "Microsoft.Authorization/roleAssignments")
            .Select(role => (Who: (string)role["properties"]!["principalId"]!, Role: ((string)role["properties"]!["roleDefinitionId"]!).Split('/')[^1]))
            .GroupBy(role => role.Who, role => role.Role)
            .ToList();
        Assert.Equal(2, given.Count);
        Assert.All(given, identity => Assert.Equal(roles.Order(), identity.Order()));
    }

    [Theory]
    [InlineData("external", "EmptyDir", 0, 0)]
    [InlineData("containerApp", "NfsAzureFile", 1, 1)]
    public async Task Qdrant_is_there_when_it_is_asked_for_and_never_twice_on_one_volume(string qdrant, string volume, int apps, int shares)
    {
        var resources = await Bicep.PredictAsync(new Dictionary<string, string> { ["qdrant"] = $"'{qdrant}'", ["qdrantVolume"] = $"'{volume}'", ["qdrantUrl"] = "'https://qdrant.example.com'" });
        var found = Of(resources, "Microsoft.App/containerApps");
        Assert.Equal((apps, shares), (found.Count, Of(resources, "Microsoft.Storage/storageAccounts/fileServices/shares").Count));
        Assert.All(found, app =>
        {
            var template = app["properties"]!["template"]!;
            Assert.Equal((1, 1), ((int)template["scale"]!["minReplicas"]!, (int)template["scale"]!["maxReplicas"]!));
            Assert.Equal(volume, (string)template["volumes"]![0]!["storageType"]!);
        });
    }

    [Fact]
    public async Task Without_a_lasting_volume_Qdrant_has_the_replica_s_own_disk_and_without_Qdrant_there_is_none()
    {
        Assert.Equal("EmptyDir", (string)Of(await Bicep.PredictAsync(Dev), "Microsoft.App/containerApps").Single()["properties"]!["template"]!["volumes"]![0]!["storageType"]!);
        Assert.Empty(Of(await Bicep.PredictAsync(Prod), "Microsoft.App/containerApps"));
    }

    [Fact]
    public async Task The_desk_reaches_PostgreSQL_as_its_own_role_over_a_checked_connection()
    {
        var resources = await Bicep.PredictAsync(Dev);
        var secret = Of(resources, "Microsoft.KeyVault/vaults/secrets").Single(entry => ((string)entry["name"]!).EndsWith("/database", StringComparison.Ordinal));
        var address = ((string)secret["properties"]!["value"]!).Split('\'').Single(part => part.StartsWith("postgres://", StringComparison.Ordinal))
            .Replace("{0}", "password", StringComparison.Ordinal).Replace("{1}", "host.example.com", StringComparison.Ordinal);
        var read = Database.ConnectionText.Parse(address);
        Assert.Equal(("support", "support", Npgsql.SslMode.VerifyFull), (read.Username, read.Database, read.SslMode));
        Assert.NotEqual("support", (string)Of(resources, "Microsoft.DBforPostgreSQL/flexibleServers").Single()["properties"]!["administratorLogin"]!);
    }

    /// <summary>max_connections of Flexible Server by size; 15 of them are Azure's own. https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-limits</summary>
    [Theory]
    [InlineData("dev", "Standard_B2s", 429 - 15)]
    [InlineData("prod", "Standard_D2ds_v5", 859 - 15)]
    public async Task All_instances_together_leave_PostgreSQL_connections(string size, string sku, int most)
    {
        var resources = await Bicep.PredictAsync(size == "dev" ? Dev : Prod);
        Assert.Equal(sku, (string)Of(resources, "Microsoft.DBforPostgreSQL/flexibleServers").Single()["sku"]!["name"]!);
        var connections = (int)JsonNode.Parse(Repository.Read("infra/sizes.json"))![size]!["connections"]!;
        // As DeskDatabase and WorkerInstance open them.
        var each = connections + Math.Max(4, connections / 3) + 1;
        Assert.InRange(Of(resources, "Microsoft.Web/sites").Sum(app => (int)Scale(app)["maximumInstanceCount"]!) * each, 1, most);
    }

    private static List<JsonNode> Of(IReadOnlyList<JsonNode> resources, string type) => [.. resources.Where(resource => (string)resource["type"]! == type)];

    private static string Package(JsonNode app) => (string)app["properties"]!["functionAppConfig"]!["deployment"]!["storage"]!["value"]!;

    private static JsonNode Scale(JsonNode app) => app["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!;
}
