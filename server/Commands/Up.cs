using System.Diagnostics;
using System.Globalization;
using Support.Server.FunctionApps;
using Support.Server.PrivateDatabase;
using Support.Server.Supervisor;
using Support.Server.TryIt;
using Support.Simulation.Models;

namespace Support.Server.Commands;

/// <summary><c>up</c>: database, desk and, without a bot token, the simulated Telegram with the try-it page; watched over until Ctrl-C.</summary>
internal sealed class Up(UpOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>As slow as a real model, so that an answer is seen to be written.</summary>
    private static readonly TimeSpan ToWatch = TimeSpan.FromMilliseconds(60);

    private readonly HttpMessageInvoker _client = Web.Client();

    public static async Task<int> RunAsync(string[] args)
    {
        var options = UpOptions.Parse(args);
        using var stop = new StopSignal();
        var starter = Starter.WatchAsync(stop.Stop, TimeProvider.System, stop.Token);
        var exit = await new Up(options, TimeProvider.System).RunAsync(stop.Token);
        stop.Stop();
        await starter.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return exit;
    }

    public async Task<int> RunAsync(CancellationToken stop)
    {
        var data = DataFolder.Open(options.Data);
        await using var turn = await TakeTurnAsync(data, stop);
        if (turn is null)
            return 0;

        DeskFile.Remove(data);
        var secrets = DeskSecrets.Open(data);
        await using var database = options.Database is null ? new DatabaseKeeper(data, secrets.Database, Screen.Say, clock) : null;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var token = StoredToken.Find(data);
                if (token is not null || CompanyTokens.AreSet())
                    await RunLiveAsync(data, secrets, database, token, stop);
                else
                    await RunSimulatedAsync(data, secrets, database, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while it started.
        }
        finally
        {
            DeskFile.Remove(data);
            _client.Dispose();
        }

        return 0;
    }

    /// <summary>Null when another <c>up</c> runs the desk of this folder already.</summary>
    private async Task<FileStream?> TakeTurnAsync(DataFolder data, CancellationToken stop)
    {
        var begun = clock.GetTimestamp();
        while (clock.GetElapsedTime(begun) < Patience)
        {
            if (UpLock.TryTake(data) is { } turn)
                return turn;

            if (DeskFile.ReadRunning(data) is { } desk && await IsHealthyAsync(desk.Url, stop))
            {
                Screen.Say($"The desk in {data.Path} is running already (process {desk.Pid}).");
                Screen.Say($"ready {Shown(desk.Url)}");
                return null;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, stop);
        }

        throw new UpException($"Another `up` holds {data.Path} and does not get ready. Stop it, or choose another folder with --data.");
    }

    private async Task RunSimulatedAsync(DataFolder data, DeskSecrets secrets, DatabaseKeeper? database, CancellationToken stop)
    {
        using var goLive = CancellationTokenSource.CreateLinkedTokenSource(stop);
        IRunningDesk desk = options.Functions is { } apps
            ? new DeskInFunctionApps(data, apps, secrets.UploadKey, _client, Screen.Say, clock)
            : new DeskInOneProcess(data, $"http://127.0.0.1:{LoopbackPort.Free()}", Screen.Say, clock);
        await using var models = options.WithScriptedModel ? await ScriptedModelHost.StartAsync(new ScriptedModelOptions { WordPause = ToWatch }, "http://127.0.0.1:0", goLive.Token) : null;
        await using var site = await SimulatedSite.StartAsync(
            options.Port,
            data.Simulation,
            new Forwarder(desk.Url, secrets.UploadKey, _client),
            new Forwarder(desk.DocumentsUrl, secrets.UploadKey, _client),
            routes => routes.MapTryItSwitches(desk, database, (token, cancel) => KeepTokenAsync(data, secrets, token, goLive, cancel)),
            goLive.Token);
        // Ends before the site does: a desk must not lose its Telegram while it finishes.
        await using var running = desk;
        var settings = DeskSettings.ForSimulation(data, secrets, await StartDatabaseAsync(database, desk, goLive.Token), options.Port, desk.Url);
        if (models is not null)
            foreach (var (name, value) in ScriptedModelSettings.For(models.BaseUrl, Environment.GetEnvironmentVariables().Keys.Cast<string>()))
                settings[name] = value;
        desk.Start(settings);
        await WaitUntilHealthyAsync(desk, desk.Url, goLive.Token);
        if (desk.DocumentsUrl != desk.Url)
            await WaitUntilHealthyAsync(desk, desk.DocumentsUrl, goLive.Token);
        await desk.PrepareAsync(goLive.Token);
        if (options.Samples is { } samples)
            await new Samples(data, samples, new DocumentUpload(_client, desk.DocumentsUrl, secrets.UploadKey)).IndexAsync(goLive.Token);
        if (models is not null)
            Screen.Say($"Models:   scripted, at {models.BaseUrl}v1 (no model thinks there)");
        Announce(data, secrets, $"Try it:   http://localhost:{options.Port}/   (no bot token is set, so Telegram is simulated; this machine only)");
        await WaitAsync(goLive.Token);
        Screen.Say(stop.IsCancellationRequested ? "Stopping" : "A bot token was set: the try-it page ends and the bot begins, with people and documents of its own. `ingest PATH…` gives it yours");
    }

    private async Task RunLiveAsync(DataFolder data, DeskSecrets secrets, DatabaseKeeper? database, string? token, CancellationToken stop)
    {
        if (!LoopbackPort.IsFree(options.Port))
            throw SimulatedSite.PortTaken(options.Port);

        if (options.Functions is not null)
            Screen.Say("Function apps are run with the simulated Telegram only: Telegram itself needs a public address, which docs/azure.md leads to. The desk runs as one process.");
        if (options.WithScriptedModel)
            Screen.Say("The scripted model is for the try-it page only: real customers get no made-up answers. The desk uses the models that are set, or none.");
        await using var desk = new DeskInOneProcess(data, LocalUrl, Screen.Say, clock);
        var settings = DeskSettings.ForTelegram(data, secrets, await StartDatabaseAsync(database, desk, stop), options.Port, token);
        desk.Start(settings);
        await WaitUntilHealthyAsync(desk, LocalUrl, stop);
        Announce(data, secrets, token is null ? "Bots:     of the companies in Support__Tenants__…" : await OwnerLinkAsync(secrets, token, stop));
        await WaitAsync(stop);
        Screen.Say("Stopping");
    }

    private string LocalUrl => $"http://127.0.0.1:{options.Port}";

    private async Task<string> StartDatabaseAsync(DatabaseKeeper? database, IRunningDesk desk, CancellationToken cancel)
    {
        if (database is null)
            return options.Database!;

        if (database.ConnectionString.Length == 0)
            await database.StartAsync(cancel);
        database.Moved = address => desk.Change(DeskSettings.ConnectionString, address);
        return database.ConnectionString;
    }

    private async Task WaitUntilHealthyAsync(IRunningDesk desk, string url, CancellationToken cancel)
    {
        while (!await IsHealthyAsync(url, cancel))
        {
            // A desk that has ended says why on this terminal.
            if (desk.Restarts >= 3)
                throw new UpException("The desk ends each time it is started. What it says above tells why.");
            await Task.Delay(TimeSpan.FromMilliseconds(25), clock, cancel);
        }
    }

    private async Task<bool> IsHealthyAsync(string url, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url + "/health");
            using var response = await _client.SendAsync(request, cancel);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Announce(DataFolder data, DeskSecrets secrets, string how)
    {
        new DeskFile(LocalUrl, secrets.UploadKey, Environment.ProcessId, clock.GetUtcNow(), Starter.Pid).Write(data);
        Screen.Say(how);
        Screen.Say($"Health:   http://localhost:{options.Port}/health");
        Screen.Say($"Data:     {data.Path}");
        Screen.Say($"ready {Shown(LocalUrl)}");
    }

    private static string Shown(string url) => url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    private async Task<TryItSwitches.LiveBot> KeepTokenAsync(DataFolder data, DeskSecrets secrets, string token, CancellationTokenSource goLive, CancellationToken cancel)
    {
        var username = await new BotIdentity(_client).UsernameAsync(token, cancel);
        new StoredToken(token, username).Keep(data);
        // The page must still get its answer; stopping the site lets requests under way end.
        goLive.CancelAfter(TimeSpan.FromMilliseconds(300));
        return new TryItSwitches.LiveBot(username, OwnerLink(username, secrets));
    }

    private async Task<string> OwnerLinkAsync(DeskSecrets secrets, string token, CancellationToken cancel)
    {
        try
        {
            var username = await new BotIdentity(_client).UsernameAsync(token, cancel);
            return $"Bot:      @{username}; who opens {OwnerLink(username, secrets)} first becomes its owner";
        }
        catch (UpException e)
        {
            return $"Bot:      {e.Message}";
        }
    }

    private static string OwnerLink(string username, DeskSecrets secrets) => $"https://t.me/{username}?start={secrets.OwnerCode}";

    private static async Task WaitAsync(CancellationToken until)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = until.Register(ended.SetResult);
        await ended.Task;
    }
}
