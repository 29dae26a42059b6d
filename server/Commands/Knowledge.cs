using Microsoft.Extensions.Options;
using Support.Database;
using Support.OpenAi;
using Support.Qdrant;
using Support.Retrieval.Outside;
using Support.Server.Desk;
using Support.Server.PrivateDatabase;
using Support.Server.Supervisor;
using Support.Settings;

namespace Support.Server.Commands;

/// <summary><c>knowledge reindex|check|snapshot|snapshots|download NAME FILE|recover LOCATION</c>: what an owner does about an index in Qdrant. <c>knowledge questions</c> is for any index.</summary>
internal static class Knowledge
{
    private const string Verbs = "questions, reindex, check, snapshot, snapshots, download NAME FILE, recover LOCATION";

    public static async Task<int> RunAsync(string[] args)
    {
        var line = CommandLine.Parse("knowledge", args, "--data");
        using var stop = new StopSignal();
        try
        {
            await using var services = await ServicesAsync(line["--data"] ?? UpOptions.DefaultData, needsQdrant: line.Words is not ["questions"], stop.Token);
            return await RunAsync(line.Words, services, Screen.Say, stop.Token);
        }
        catch (Exception e) when (e is KnowledgeIndexException or DatabaseRefusedException or OptionsValidationException)
        {
            throw new UpException(e.Message);
        }
        catch (Exception e) when (e is IOException { InnerException: null } or UnauthorizedAccessException)
        {
            // A full disk, a folder that is not there; a network that fails says so inside.
            throw new UpException($"The file cannot be written: {e.Message}");
        }
        catch (Exception e) when (DeskDatabase.IsAway(e))
        {
            throw new UpException("The database cannot be reached. Check Support__Database__ConnectionString, and that PostgreSQL runs there.");
        }
    }

    /// <returns>1 when a check found a difference.</returns>
    internal static async Task<int> RunAsync(IReadOnlyList<string> words, IServiceProvider services, Action<string> say, CancellationToken cancel)
    {
        if (words is ["questions"])
            return await KnowledgeQuestions.RunAsync(services, say, cancel);
        var snapshots = services.GetRequiredService<QdrantSnapshots>();
        switch (words)
        {
            case ["reindex"]:
                await services.GetRequiredService<RebuildKnowledge>().RunAsync(say, cancel);
                say("The new index serves.");
                return 0;
            case ["check"]:
                var differences = await services.GetRequiredService<CompareKnowledge>().RunAsync(cancel);
                foreach (var difference in differences)
                    say(difference.ToString());
                say(differences.Count == 0 ? "The index has what PostgreSQL has." : $"{differences.Count} companies differ.");
                return differences.Count == 0 ? 0 : 1;
            case ["snapshot"]:
                say((await snapshots.CreateAsync(cancel)).ToString());
                return 0;
            case ["snapshots"]:
                foreach (var snapshot in await snapshots.ListAsync(cancel))
                    say(snapshot.ToString());
                return 0;
            case ["download", var name, var file]:
                // Under another name until it is whole.
                await using (var to = File.Create(file + ".part"))
                    await snapshots.DownloadAsync(name, to, cancel);
                File.Move(file + ".part", file, overwrite: true);
                return 0;
            case ["recover", var location] when Uri.TryCreate(location, UriKind.Absolute, out var address):
                await snapshots.RecoverAsync(address, cancel);
                say("The recovered index serves. What was published after the snapshot is missing from it: run `knowledge check`, and `knowledge reindex` if anything differs.");
                return 0;
            default:
                throw new UsageException($"`knowledge` wants one of: {Verbs}. A location is an address that Qdrant itself can read, as in file:///qdrant/snapshots/kb_1/NAME.");
        }
    }

    private static async Task<ServiceProvider> ServicesAsync(string folder, bool needsQdrant, CancellationToken cancel)
    {
        var settings = new Dictionary<string, string?>(SettingAliases.Read(Environment.GetEnvironmentVariable));
        if (DatabaseAddress.FromEnvironment() is null && Directory.Exists(folder))
            settings["Support:Database:ConnectionString"] = await PrivateDatabaseAsync(DataFolder.Open(folder), cancel);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).AddEnvironmentVariables().Build();
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging();
        services.AddDesk(configuration);
        services.AddModels(configuration);
        if (!services.AddQdrant(configuration) && needsQdrant)
            throw new UsageException("The index is in the desk's own process, where there is nothing to do about it. For one in Qdrant set Support__Qdrant__Url.");
        return services.BuildServiceProvider();
    }

    /// <summary>Of a desk that runs from this folder.</summary>
    private static async Task<string> PrivateDatabaseAsync(DataFolder data, CancellationToken cancel)
    {
        if (DeskFile.ReadRunning(data) is null)
            throw new UpException($"No desk runs in {data.Path}. Start it with `up`, name its folder with --data DIR, or give a database of your own in Support__Database__ConnectionString.");
        var logins = DeskSecrets.Open(data).Database;
        var cluster = new PostgresCluster(
            data.Postgres, await new PostgresSource(data.Postgres, data.PostgresFromNpm, Screen.Say).GetAsync(cancel), logins, ClusterSettings.ForDesk, TimeProvider.System);
        using var postgres = await cluster.StartAsync(cancel);
        return postgres.ConnectionString;
    }
}
