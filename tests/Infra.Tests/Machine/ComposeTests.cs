using System.Text.Json.Nodes;
using Support.Contracts;
using Support.Tests.Schemas;

namespace Support.Tests.Machine;

public sealed class ComposeTests
{
    private static readonly JsonNode Compose = Yaml.ToJson(Repository.Read("compose.yaml"));
    private static readonly JsonObject Services = Compose["services"]!.AsObject();

    [Fact]
    public async Task Every_file_it_names_is_there_or_made_by_make_env()
    {
        var made = await MakeEnvAsync();
        var named = Services.SelectMany(service => Files(service.Value!)).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.All(named, file => Assert.True(
            file.StartsWith("infra/compose/", StringComparison.Ordinal) ? File.Exists(Path.Combine(made, Path.GetFileName(file))) : Path.Exists(Repository.PathOf(file)),
            $"{file} is not there."));
    }

    [Fact]
    public void Its_parts_know_each_other_by_names_that_exist()
    {
        Assert.All(Services, service => Assert.All(service.Value!["depends_on"]?.AsObject() ?? [], other => Assert.True(Services.ContainsKey(other.Key), other.Key)));
        var volumes = Compose["volumes"]!.AsObject();
        Assert.All(Services.SelectMany(service => Volumes(service.Value!)).Where(volume => !volume.StartsWith('.')), volume => Assert.True(volumes.ContainsKey(volume), volume));
        Assert.Equal(3, Services.Count(service => service.Value!["build"] is not null));
        Assert.All([1, 2, 3], number => Assert.Equal($"desk{number}:8080", (string)Services["proxy"]!["environment"]![$"SUPPORT_SERVER_{number}"]!));
    }

    [Fact]
    public void Every_image_has_a_version() =>
        Assert.All(Services.Select(service => (string?)service.Value!["image"]).OfType<string>(), image => Assert.Matches(@":v?\d+(\.\d+)*$", image));

    [Fact]
    public async Task Each_part_gets_its_own_secrets_and_no_other()
    {
        var made = await MakeEnvAsync();
        var desk = await NamesAsync(made, "desk.env");
        Assert.Contains("Support__Security__MasterKey", desk.Keys);
        Assert.Equal(["POSTGRES_PASSWORD", "SUPPORT_DATABASE_PASSWORD"], (await NamesAsync(made, "database.env")).Keys.Order());
        var database = await NamesAsync(made, "database.env");
        Assert.NotEqual(database["POSTGRES_PASSWORD"], database["SUPPORT_DATABASE_PASSWORD"]);
        Assert.Equal(database["SUPPORT_DATABASE_PASSWORD"], Database.ConnectionText.Parse(desk["Support__Database__ConnectionString"]).Password);
        Assert.Equal((await NamesAsync(made, "qdrant.env"))["QDRANT__SERVICE__API_KEY"], desk["Support__Qdrant__ApiKey"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(made, "desk.env")));
    }

    [Fact]
    public async Task Secrets_that_are_there_stay()
    {
        var made = await MakeEnvAsync();
        var before = await File.ReadAllTextAsync(Path.Combine(made, "desk.env"));
        Assert.Equal(("", 0), await RunAsync(made));
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(made, "desk.env")));
    }

    private static async Task<string> MakeEnvAsync()
    {
        var folder = TestFolders.New("compose");
        File.Copy(Repository.PathOf("infra/compose/make-env.sh"), Path.Combine(folder, "make-env.sh"));
        Assert.Equal(0, (await RunAsync(folder)).Exit);
        return folder;
    }

    private static async Task<(string Output, int Exit)> RunAsync(string folder)
    {
        var run = await ProgramRun.OfAsync("sh", [Path.Combine(folder, "make-env.sh")]);
        return (run.Output + run.Errors, run.Exit);
    }

    private static async Task<Dictionary<string, string>> NamesAsync(string folder, string file) =>
        (await File.ReadAllLinesAsync(Path.Combine(folder, file))).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private static IEnumerable<string> Files(JsonNode service) =>
        Volumes(service).Where(volume => volume.StartsWith("./", StringComparison.Ordinal)).Select(volume => volume[2..])
            .Concat(service["env_file"] is { } file ? [(string)file!] : [])
            .Concat(service["build"] is { } folder ? [$"{folder}/Dockerfile"] : []);

    private static IEnumerable<string> Volumes(JsonNode service) => (service["volumes"]?.AsArray() ?? []).Select(volume => ((string)volume!).Split(':')[0]);
}
