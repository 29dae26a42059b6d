using System.Collections.Concurrent;
using System.Diagnostics;
using Support.Simulation;

namespace Support.Bench.Speed;

/// <summary>
/// Customers of all bots, each in a private chat, asking through the simulated Telegram. A question counts from the moment
/// it is written, which sets off the webhook, to the moment the bot's sendMessage was carried out.
/// </summary>
internal sealed class Customers : IAsyncDisposable
{
    /// <summary>Enough that nobody asks again before Telegram's limit for his chat has long reopened.</summary>
    private const int PerBot = 200;
    private const long FirstPerson = 5_000_000_000;

    private readonly SimulatedTelegram _telegram;
    private readonly IReadOnlyList<string> _questions;
    private readonly Watch<SentMessage> _sent;
    private readonly Task _listening;
    private readonly ConcurrentDictionary<(long Bot, long Chat), Asked> _open = new();
    private int _next;

    public Customers(SimulatedTelegram telegram, IReadOnlyList<string> questions)
    {
        _telegram = telegram;
        _questions = questions;
        for (var i = 0; i < PerBot * BenchDesk.BotCount; i++)
            telegram.AddChat(new SimulatedChat(PersonAt(i), "Ann") { Bots = [BotAt(i)], Members = [new SimulatedUser(PersonAt(i), "Ann")] });
        _sent = telegram.WatchSent();
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>Written and not answered yet.</summary>
    public int Waiting => _open.Count;

    private static long BotAt(int i) => BenchDesk.Bots[i % BenchDesk.BotCount].Id;

    private static long PersonAt(int i) => FirstPerson + i;

    /// <summary>The next customer asks the next question. Ends with the answer.</summary>
    public Task<double> AskAsync()
    {
        var number = Interlocked.Increment(ref _next);
        var i = number % (PerBot * BenchDesk.BotCount);
        var asked = new Asked(Stopwatch.GetTimestamp());
        if (!_open.TryAdd((BotAt(i), PersonAt(i)), asked))
            throw new InvalidOperationException($"Customer {PersonAt(i)} still waits for an answer: the desk has fallen {Waiting} questions behind.");
        _telegram.Write(new UserMessage(PersonAt(i), new SimulatedUser(PersonAt(i)), _questions[number % _questions.Count]) { Bot = BotAt(i) });
        return asked.Answered.Task;
    }

    private async Task ListenAsync()
    {
        await foreach (var message in _sent.ReadAllAsync(CancellationToken.None))
            if (_open.TryRemove((message.Bot, message.Message.Chat.Id), out var asked))
                asked.Answered.SetResult(Stopwatch.GetElapsedTime(asked.At, message.Timestamp).TotalMilliseconds);
    }

    public async ValueTask DisposeAsync()
    {
        _sent.Dispose();
        await _listening;
    }

    private sealed record Asked(long At)
    {
        public TaskCompletionSource<double> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
