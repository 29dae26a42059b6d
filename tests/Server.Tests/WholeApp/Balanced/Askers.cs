using System.Collections.Concurrent;
using System.Diagnostics;
using Support.Contracts;
using Support.Simulation;
using Support.Tests.WholeApp.Kills;

namespace Support.Tests.WholeApp.Balanced;

/// <summary>Every customer asks once, at a steady pace, whatever becomes of the servers.</summary>
internal sealed class Askers(SimulatedTelegram telegram, Shop shop)
{
    /// <summary>For six bots, each of which may send thirty: limits are not what is tried here.</summary>
    private const int PerSecond = 40;
    private const long FirstCustomer = 6_000_000;

    private readonly ConcurrentQueue<Asked> _asked = new();

    public IReadOnlyCollection<Asked> Asked => _asked;

    public async Task AskUntilAsync(CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!stop.IsCancellationRequested)
        {
            await tick.WaitForNextTickAsync(CancellationToken.None);
            while (_asked.Count < Stopwatch.GetElapsedTime(began).TotalSeconds * PerSecond)
                AskOne();
        }
    }

    private void AskOne()
    {
        var number = _asked.Count;
        var (bot, customer, good) = (shop.Bots[number % shop.Bots.Count].Id, FirstCustomer + number, Shop.Goods[number % Shop.Goods.Count]);
        var at = Stopwatch.GetTimestamp();
        telegram.Write(new UserMessage(customer, new SimulatedUser(customer, $"Customer {number}") { LanguageCode = "en" }, $"Where is the {good}?") { Bot = bot });
        _asked.Enqueue(new Asked(bot, customer, good, at));
    }

    /// <summary>Everything the bots sent in answer, in the order in which it was sent, by bot and chat.</summary>
    public async Task<ILookup<(long Bot, long Chat), SentMessage>> AnsweredAsync(Watch<SentMessage> sent, Func<string> situation)
    {
        var all = new List<SentMessage>();
        var missing = _asked.Select(a => (a.Bot, a.Customer)).ToHashSet();
        await Eventually.HoldsAsync(
            () =>
            {
                while (sent.Reader.TryRead(out var one))
                {
                    all.Add(one);
                    missing.Remove((one.Bot, one.Message.Chat.Id));
                }
                return missing.Count == 0;
            },
            $"every customer has a reply. {situation()}",
            seconds: 120);
        return all.ToLookup(one => (one.Bot, one.Message.Chat.Id));
    }
}

/// <param name="At">As <see cref="Stopwatch.GetTimestamp"/> tells it.</param>
internal sealed record Asked(long Bot, long Customer, string Good, long At);
