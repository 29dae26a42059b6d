using System.Diagnostics;
using Support.Simulation;

namespace Support.Tests.WholeApp.Kills;

/// <summary>Customers of both shops who write at a steady pace, whatever becomes of the desk, and remember what they wrote.</summary>
internal sealed class Crowd(SimulatedTelegram telegram, Random random, int perSecond = Crowd.PerSecond)
{
    public const int PerSecond = 210;
    private const int ChatsOfEachBot = 12;

    /// <summary>More would run into the group's own limit of 20 messages a minute, which is not what is tried here.</summary>
    private const int MostForPeople = 4;

    private readonly List<Written> _written = [];

    public IReadOnlyList<Written> Written => _written;

    public double PaceSoFar { get; private set; }

    public async Task WriteUntilAsync(CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var talks = Shop.Two.SelectMany(shop => shop.Bots.SelectMany(bot => Enumerable.Range(0, ChatsOfEachBot).Select(i => new Talk(shop, bot.Id, 5000 + i, WantsPerson: i == 0)))).ToArray();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!stop.IsCancellationRequested)
        {
            await tick.WaitForNextTickAsync(CancellationToken.None);
            while (_written.Count < Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond)
                WriteOne(talks[random.Next(talks.Length)]);
            PaceSoFar = _written.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
    }

    private void WriteOne(Talk talk)
    {
        if (talk.WantsPerson && talk.Count >= MostForPeople)
            return;
        var good = Shop.Goods[random.Next(Shop.Goods.Count)];
        var text = talk is { WantsPerson: true, Count: 0 } ? "Please connect me with a human" : $"Where is the {good}?";
        talk.Count++;
        var message = telegram.Write(new UserMessage(talk.Customer, new SimulatedUser(talk.Customer, $"Customer {talk.Customer}") { LanguageCode = "en" }, text) { Bot = talk.Bot });
        _written.Add(new Written(talk.Shop, talk.Bot, talk.Customer, message.MessageId, text, good));
    }

    private sealed record Talk(Shop Shop, long Bot, long Customer, bool WantsPerson)
    {
        public int Count { get; set; }
    }
}

internal sealed record Written(Shop Shop, long Bot, long Chat, long MessageId, string Text, string Good);
