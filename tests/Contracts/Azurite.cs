using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace Support.Contracts;

/// <summary>
/// The storage emulator with its queues, in memory, at a port of its own; it ends with the test process. Its time passes as usual, and
/// faster when a test says so.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    private const int Accounts = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly string[] _keys = [.. Enumerable.Range(0, Accounts).Select(_ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)))];
    private readonly ShiftedClock _clock = new();
    private int _given;

    private Azurite()
    {
        var tools = Path.Combine(Root(), "tests", "tools");
        var start = new ProcessStartInfo("node")
        {
            ArgumentList =
            {
                "--require", Path.Combine(tools, "clock.js"), Path.Combine(tools, "node_modules", "azurite", "dist", "src", "queue", "main.js"),
                "--queueHost", "127.0.0.1", "--queuePort", "0", "--inMemoryPersistence", "--silent", "--disableTelemetry",
            },
            WorkingDirectory = TestFolders.New("azurite"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', _keys.Select((key, i) => $"{NameOf(i)}:{key}"));
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>As in <c>http://127.0.0.1:40751</c>; the queues of an account are below its name.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The time that the emulator has.</summary>
    public TimeProvider Clock => _clock;

    public static async Task<Azurite> StartAsync()
    {
        var azurite = new Azurite();
        azurite.Url = new Uri(await azurite.AnswerAsync("Azurite Queue service successfully listens on "));
        return azurite;
    }

    /// <summary>An account that no other test has, without queues.</summary>
    public AzuriteAccount NewAccount()
    {
        var i = Interlocked.Increment(ref _given) - 1;
        return i < Accounts ? new AzuriteAccount(NameOf(i), _keys[i], new Uri(Url, NameOf(i))) : throw new InvalidOperationException($"All {Accounts} accounts of this Azurite are in use; start another one.");
    }

    /// <summary>Lets so much of its time pass at once.</summary>
    public async Task ElapseAsync(TimeSpan time)
    {
        await _process.StandardInput.WriteLineAsync(time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        await _process.StandardInput.FlushAsync();
        await AnswerAsync("passed ");
        _clock.Elapse(time);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The rest of the line that begins so.</summary>
    private async Task<string> AnswerAsync(string beginning)
    {
        using var patience = new CancellationTokenSource(Patience);
        var before = new List<string>();
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(patience.Token);
                if (line.StartsWith(beginning, StringComparison.Ordinal))
                    return line[beginning.Length..];
                before.Add(line);
            }
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
            throw new InvalidOperationException($"Azurite did not say \"{beginning}\"; it said: {string.Join('\n', before)}. `dotnet run dev.cs test` installs it.", e);
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            _lines.Writer.TryComplete();
        else
            _lines.Writer.TryWrite(line);
    }

    private static string NameOf(int account) => string.Create(CultureInfo.InvariantCulture, $"account{account}");

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "dev.cs")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no dev.cs above the tests.");
        return folder;
    }

    private sealed class ShiftedClock : TimeProvider
    {
        private long _ticks;

        public void Elapse(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ticks));
    }
}

/// <param name="Key">Base64.</param>
/// <param name="Queues">The address of its queues.</param>
public sealed record AzuriteAccount(string Name, string Key, Uri Queues)
{
    public string ConnectionString => $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Key};QueueEndpoint={Queues}";
}
