using System.Text.Json.Nodes;
using Support.Tests.Schemas;

namespace Support.Tests.Azure;

public sealed class LocalSettingsTests
{
    public static readonly TheoryData<string> Samples = ["local.settings.sample.json", "ingestion/local.settings.sample.json"];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_fits_the_schema(string file) =>
        Assert.Equal([], await JsonSchema.ProblemsAsync("local.settings.schema.json", Repository.Read(file)));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Each_of_its_values_is_explained_and_is_text(string file)
    {
        var sample = JsonNode.Parse(Repository.Read(file))!;
        var values = sample["Values"]!.AsObject();
        var explained = sample["Explained"]!.AsObject();
        Assert.Equal(values.Select(value => value.Key).Order(), explained.Select(value => value.Key).Where(name => name.Length > 0).Order());
        Assert.All(values, value => Assert.Equal(System.Text.Json.JsonValueKind.String, value.Value!.GetValueKind()));
        Assert.All(explained, value => Assert.True(((string)value.Value!).Length > 20, $"{value.Key} is hardly explained."));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_is_made_on_a_developer_s_machine_stays_there(string file)
    {
        Assert.DoesNotContain("AccountKey", Repository.Read(file), StringComparison.Ordinal);
        Assert.Contains("local.settings.json", Repository.Read(".gitignore").Split('\n'));
        Assert.All(["functions/.funcignore", "ingestion/.funcignore"], ignore => Assert.Contains("local.settings.json", Repository.Read(ignore).Split('\n')));
    }
}
