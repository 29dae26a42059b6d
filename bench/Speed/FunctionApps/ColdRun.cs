using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Support.Contracts;
using Support.Functions;
using Support.Server.PrivateDatabase;
using Support.Tenants;

namespace Support.Bench.Speed.FunctionApps;

/// <summary>An instance that Azure has just made: from the start of the published app's process to the first webhook that is acknowledged, its update in the queue.</summary>
internal static class ColdRun
{
    private const int Starts = 21;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<Measured> MeasureAsync(BenchOptions options, TextWriter progress, CancellationToken cancellation)
    {
        await using var azurite = await Azurite.StartAsync();
        var account = azurite.NewAccount();
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = Patience };
        var times = new List<double>();
        var sizes = new List<double>();
        var cpu = new List<double>();
        // The first one reads the files from the disk and makes the queue: Azure does that before an instance gets a request.
        for (var i = 0; i <= Starts; i++)
        {
            var (ms, mb, cpuMs) = await StartAsync(account.ConnectionString, http, cancellation);
            if (i == 0)
                continue;
            times.Add(ms);
            sizes.Add(mb);
            cpu.Add(cpuMs);
        }
        var first = new Latencies(times);
        await progress.WriteLineAsync($"cold: {string.Join(", ", times.Select(ms => ms.ToString("0", CultureInfo.InvariantCulture)))} ms");
        return new Measured(first.At(.5), new Dictionary<string, object?>
        {
            ["first_answer_ms_p50"] = first.At(.5),
            ["rss_mb"] = sizes.Order().ElementAt(Starts / 2),
            ["first_answer_ms_p95"] = first.At(.95),
            ["cpu_ms_p50"] = cpu.Order().ElementAt(Starts / 2),
            ["starts"] = Starts,
        });
    }

    private static async Task<(double Ms, double Mb, double CpuMs)> StartAsync(string storage, HttpClient http, CancellationToken cancellation)
    {
        var port = LoopbackPort.Free();
        var (tenant, bot) = (new TenantId(Guid.NewGuid()), new BotId(910_001));
        var start = new ProcessStartInfo(Path.Combine(BenchApps.Folder("functions"), "Support.Functions")) { UseShellExecute = false };
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["AzureWebJobsStorage"] = storage;
        start.Environment["Support__Security__MasterKey"] = BenchDesk.MasterKey;
        // Not asked for: an update is taken in without the database.
        start.Environment["Support__Database__ConnectionString"] = "Host=127.0.0.1;Port=1;Username=nobody;Password=none;Database=none";
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            HttpStatusCode? last;
            while ((last = await PostAsync(http, port, tenant, bot, cancellation)) is not HttpStatusCode.OK)
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(begun) > Patience)
                    throw new InvalidOperationException($"The app does not acknowledge an update: it {(process.HasExited ? $"ended with {process.ExitCode}" : $"answered {last}")}.");
            }
            var ms = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            process.Refresh();
            return (Math.Round(ms, 1), Machine.ResidentMb(process.Id) ?? 0, Math.Round(process.TotalProcessorTime.TotalMilliseconds));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<HttpStatusCode?> PostAsync(HttpClient http, int port, TenantId tenant, BotId bot, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/telegram/{tenant}/{bot}") { Content = new StringContent("{\"update_id\":1}", Encoding.UTF8, "application/json") };
        request.Headers.Add(TelegramWebhookEndpoint.SecretHeader, WebhookSecret.Make(SecretBox.Derive(BenchDesk.MasterKey, "webhook"), tenant, bot, generation: 1));
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet; the host asks every 25 ms.
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellation);
            return null;
        }
    }
}
