using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Ingestion.Readers;
using Support.Knowledge;
using Support.Questions;
using Support.Retrieval;

namespace Support.Tests.Quality;

/// <summary>What whoever tries the desk on the sample company asks first, before there is any label.</summary>
public sealed class SamplesTests(SamplesTests.Company company) : IClassFixture<SamplesTests.Company>
{
    [Theory]
    [InlineData("How long is the warranty?", "Warranty periods")]
    [InlineData("How do I return an item?", "How to return an item")]
    [InlineData("What is the warranty on a robot vacuum?", "Warranty periods")]
    [InlineData("how much is delivery", "When delivery is free")]
    [InlineData("can i pay in instalments", "How do instalments work?")]
    [InlineData("How do I reschedule a delivery?", "How to reschedule a delivery")]
    [InlineData("Why was my card declined?", "Why was my payment declined?")]
    [InlineData("Сколько стоит доставка курьером в Казань?", "Сроки и стоимость по городам")]
    [InlineData("Как вернуть товар?", "Как оформить возврат товара")]
    [InlineData("какой срок гарантии", "Гарантийный срок")]
    [InlineData("можно оплатить частями?", "Рассрочка «Частями»")]
    public void The_right_passage_is_the_answer_or_among_the_choices(string question, string heading)
    {
        var found = company.Index.Search(question, Audience.Customers);
        var isSure = found.Confidence >= ConfidenceOptions.DefaultThreshold;
        var choices = Siblings.ToChooseFrom(found, isSure);
        if (choices.Count == 0)
            Assert.True(isSure, $"{question} goes to a person at {found.Confidence:F2}.");
        Assert.Contains(heading, (choices.Count > 0 ? choices : [found.Passages[0]]).Select(passage => passage.Title.Split(" / ")[^1]));
    }

    [Theory]
    [InlineData("Do you sell elephants?")]
    [InlineData("Is there a discount for students?")]
    [InlineData("Can I get a job at your company?")]
    [InlineData("what is the capital of France")]
    [InlineData("Есть ли скидка для пенсионеров?")]
    [InlineData("Продаете ли вы слонов?")]
    [InlineData("как приготовить борщ")]
    public void What_the_documents_do_not_answer_goes_to_a_person(string question)
    {
        var found = company.Index.Search(question, Audience.Customers);
        Assert.InRange(found.Confidence, 0, ConfidenceOptions.DefaultThreshold - .01);
        Assert.Empty(Siblings.ToChooseFrom(found, isSure: false));
    }

    [Fact]
    public void Words_that_stand_nowhere_shut_the_gate_and_are_named()
    {
        var found = company.Index.Search("Do you sell elephants?", Audience.Customers);
        Assert.InRange(found.Features[ConfidenceFeatures.Known], .01, .5);
        Assert.True(found.Shares[ConfidenceFeatures.Known] < 0);
        Assert.Equal(["elephants"], found.WordsMissing);
    }

    public sealed class Company : IAsyncLifetime
    {
        public TenantIndex Index { get; } = new();

        public async ValueTask InitializeAsync()
        {
            var reader = new DocumentReader(Options.Create(new ReaderLimits()), NullLogger<DocumentReader>.Instance);
            var chunks = new List<IndexedChunk>();
            foreach (var folder in (string[])["en", "ru"])
                foreach (var file in Directory.GetFiles(Path.Combine(Samples(), folder)).Order(StringComparer.Ordinal))
                {
                    var reading = Assert.IsType<Reading.Complete>(await reader.ReadFileAsync(file, CancellationToken.None));
                    foreach (var chunk in Chunker.Cut(reading.Documents, new ChunkOptions()))
                        chunks.Add(new IndexedChunk(chunks.Count + 1, chunks.Count + 1, 1, Audience.Customers, chunk.Source, chunk.Link, chunk.Title, chunk.Text));
                }
            Index.Apply(chunks, []);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static string Samples()
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "dev.cs")))
                folder = Path.GetDirectoryName(folder)!;
            return Path.Combine(folder, "samples");
        }
    }
}
