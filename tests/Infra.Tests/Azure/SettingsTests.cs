using System.Text.RegularExpressions;

namespace Support.Tests.Azure;

public sealed partial class SettingsTests
{
    private static readonly string[] SetInBicep =
        [.. Set().Matches(string.Concat(Repository.Files("infra/modules", "*.bicep").Select(Repository.Read))).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    private static readonly string[] Optional =
        [.. Named().Matches(Repository.Read("infra/settings-optional.md")).Select(match => KnownSettings.Normal(match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_setting_of_the_code_is_set_in_Bicep_or_said_to_be_optional()
    {
        Assert.True(KnownSettings.All.Count > 30, "Hardly a setting was found in the code: the search for them is broken.");
        Assert.Equal([], KnownSettings.All.Except(SetInBicep).Except(Optional).Order());
        Assert.Equal([], KnownSettings.Aliases().Except(SetInBicep).Except(Optional).Order());
        Assert.Equal([], SetInBicep.Intersect(Optional));
    }

    public static TheoryData<string> FilesOfTheOwner() =>
    [
        .. Repository.Files("infra", "*"),
        "compose.yaml", "Dockerfile", "functions/Dockerfile", "ingestion/Dockerfile", "azure.yaml",
        "local.settings.sample.json", "ingestion/local.settings.sample.json", "docs/azure.md",
    ];

    [Theory]
    [MemberData(nameof(FilesOfTheOwner))]
    public void Every_setting_that_is_named_exists_in_the_code(string file) =>
        Assert.Equal([], Mentioned().Matches(Repository.Read(file)).Select(match => KnownSettings.Normal(match.Value)).Except(KnownSettings.All).Order());

    [Fact]
    public void The_local_samples_hold_what_Azure_is_given()
    {
        var ours = SetInBicep.Where(name => name.StartsWith("Support__", StringComparison.Ordinal)).ToList();
        Assert.Equal([], ours.Where(name => !Repository.Read("local.settings.sample.json").Contains($"\"{name}\"", StringComparison.Ordinal)));
        Assert.Equal([], ours.Where(name => name != "Support__Telegram__OwnerCode" && !Repository.Read("ingestion/local.settings.sample.json").Contains($"\"{name}\"", StringComparison.Ordinal)));
    }

    /// <summary>Flex Consumption refuses the first two, and with a plain AzureWebJobsStorage a key would be back.</summary>
    [Theory]
    [InlineData("FUNCTIONS_WORKER_RUNTIME")]
    [InlineData("WEBSITE_RUN_FROM_PACKAGE")]
    [InlineData("AzureWebJobsStorage")]
    public void What_Flex_refuses_is_not_set(string name)
    {
        Assert.Contains("AzureWebJobsStorage__accountName", SetInBicep);
        Assert.DoesNotContain(name, SetInBicep);
    }

    [GeneratedRegex(@"^\s+((?:Support__|AzureWebJobs|FUNCTIONS_|WEBSITE_|APPLICATIONINSIGHTS_|OPENAI_)\w+):", RegexOptions.Multiline)]
    private static partial Regex Set();

    [GeneratedRegex(@"`([A-Za-z_0-9]+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"\bSupport__\w+\b")]
    private static partial Regex Mentioned();
}
