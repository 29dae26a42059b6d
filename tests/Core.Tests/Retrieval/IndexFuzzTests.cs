using Support.Confidence;
using Support.Knowledge;
using Support.Questions;
using Support.Retrieval;
using Xunit;

namespace Support.Tests.Retrieval;

/// <summary>Random documents come, change and go, and random questions are asked. `dotnet run dev.cs test --long` asks a million.</summary>
public sealed class IndexFuzzTests
{
    private const int Documents = 500;
    private const int Questions = 500;

    private static int Wanted => Environment.GetEnvironmentVariable("SUPPORT_LONG_TESTS") == "1" ? 1_000_000 : 4_000;

    private int _asked;

    [Fact]
    public void Nothing_breaks_the_index_and_what_it_finds_is_there()
    {
        for (var round = 0; _asked < Wanted; round++)
            Try(round);
    }

    private void Try(int seed)
    {
        var random = new Random(seed);
        var texts = new RandomTexts(random);
        var index = new TenantIndex();
        var live = new Dictionary<long, IndexedChunk>();
        for (var made = 0; made < Documents;)
        {
            var added = new List<IndexedChunk>();
            for (var i = random.Next(1, 60); i > 0; i--, made++)
                added.Add(new IndexedChunk(
                    random.Next(Documents), random.Next(50), seed, random.Next(4) == 0 ? Audience.Staff : Audience.Customers, "", null, texts.Text(6), texts.Text(random.Next(8) == 0 ? 200 : 20)));
            added = [.. added.DistinctBy(chunk => chunk.ChunkId)];
            var removed = live.Keys.Where(_ => random.Next(20) == 0).ToList();
            index.Apply(added, removed);
            foreach (var id in removed)
                live.Remove(id);
            foreach (var chunk in added)
                live[chunk.ChunkId] = chunk;
            Assert.Equal(live.Count, index.Chunks);
            Ask(index, live, texts, random, Questions / 17, seed);
        }
        Ask(index, live, texts, random, Questions / 2, seed);
        index.Apply([], [.. live.Keys]);
        live.Clear();
        Ask(index, live, texts, random, 3, seed);
    }

    /// <summary>What a customer and an admin would read of it.</summary>
    private static void Say(string question, Retrieved found, Random random)
    {
        var language = random.Next(2) == 0 ? "ru" : "en";
        Assert.All(Explain.Of(found.Features, found.Shares, found.WordsFound, found.WordsMissing, language), because => Assert.NotEqual("", because.Sentence));
        _ = Explain.Doubt(found.Shares, found.WordsMissing, language);
        switch (DecideAnswer.Of(question, found, isSure: random.Next(2) == 0, mayOffer: random.Next(2) == 0))
        {
            case Decision.Answer answer:
                Assert.False(string.IsNullOrWhiteSpace(answer.Text) && !string.IsNullOrWhiteSpace(answer.Cited.Text), $"Nothing is said of \"{answer.Cited.Text}\".");
                break;
            case Decision.Choose choice:
                Assert.InRange(choice.Among.Count, 2, 3);
                Assert.NotEqual("", ChoiceMessage.Build(language, [.. choice.Among.Select(passage => passage.Title)], 1, null, null).Html);
                break;
            default:
                break;
        }
    }

    private void Ask(TenantIndex index, Dictionary<long, IndexedChunk> live, RandomTexts texts, Random random, int questions, int seed)
    {
        _asked += questions;
        for (var i = 0; i < questions; i++)
        {
            var audience = random.Next(3) == 0 ? Audience.Staff : Audience.Customers;
            var question = texts.Text(random.Next(30) == 0 ? 300 : 8);
            var found = index.Search(question, audience);
            Assert.InRange(found.Confidence, 0, 1);
            Assert.All(found.Features.Values, value => Assert.True(double.IsFinite(value), $"A feature is {value} in round {seed}."));
            Assert.All(found.Shares.Values, share => Assert.True(double.IsFinite(share), $"A share is {share} in round {seed}."));
            Assert.InRange(found.Passages.Count, 0, TenantIndex.DefaultPassages);
            Say(question, found, random);
            for (var at = 0; at < found.Passages.Count; at++)
            {
                var passage = found.Passages[at];
                Assert.True(live.TryGetValue(passage.ChunkId, out var chunk), $"A removed chunk was found in round {seed}.");
                Assert.Equal((chunk.Title, chunk.Text, chunk.Audience), (passage.Title, passage.Text, passage.Audience));
                Assert.True(audience == Audience.Staff || passage.Audience == Audience.Customers, $"A customer found what is for staff in round {seed}.");
                Assert.True(double.IsFinite(passage.Score), $"A score is {passage.Score} in round {seed}.");
                Assert.True(at == 0 || passage.Score <= found.Passages[at - 1].Score, $"Passages are not in order in round {seed}.");
            }
        }
    }
}
