using Support.Confidence;
using Support.Knowledge;
using Support.Questions;
using Support.Retrieval;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Questions;

/// <summary>A question that goes to a person is searched for colleagues as well, but not where they would read nothing else.</summary>
public sealed class SearchedOnceTests
{
    private const string Question = "какой возврат обуви почтой";

    [Fact]
    public async Task Where_all_documents_are_for_customers_one_search_serves_both()
    {
        var index = new Counted(Chunk(1, Audience.Customers, "Возврат за 14 дней."), Chunk(2, Audience.Customers, "Обувь меняют в магазине."));
        var decided = await DecideAsync(index);
        Assert.Equal([Audience.Customers], index.Asked);
        Assert.NotNull(Assert.IsType<Decision.Escalate>(decided.Decision).Draft);
        Assert.False(decided.ForStaff);
    }

    [Fact]
    public async Task What_is_for_staff_is_looked_for_and_drafted_from()
    {
        var index = new Counted(Chunk(1, Audience.Customers, "Возврат за 14 дней."), Chunk(2, Audience.Staff, "Какой возврат обуви почтой: возвращаем деньги сразу."));
        var decided = await DecideAsync(index);
        Assert.Equal([Audience.Customers, Audience.Staff], index.Asked);
        Assert.Contains("сразу", Assert.IsType<Decision.Escalate>(decided.Decision).Draft);
        Assert.True(decided.ForStaff);
    }

    [Fact]
    public async Task A_removed_document_for_staff_is_not_looked_for()
    {
        var index = new Counted(Chunk(1, Audience.Customers, "Возврат за 14 дней."), Chunk(2, Audience.Staff, "Какой возврат обуви почтой: возвращаем деньги сразу."));
        index.Index.Apply([], [2]);
        await DecideAsync(index);
        Assert.Equal([Audience.Customers], index.Asked);
    }

    private static Task<Decided> DecideAsync(Counted index) => WithoutModels.Decide(index).DecideAsync(
        // Nothing is sure enough.
        new QuestionToDecide(new TenantId(Guid.NewGuid()), Question, "ru", 0, new TenantConfidence(null, PromiseMode.Fixed, Fixed: 1)),
        TestContext.Current.CancellationToken);

    private static IndexedChunk Chunk(long id, Audience audience, string text) => new(id, id, 1, audience, $"{id}.md", null, "", text);

    private sealed class Counted : IKnowledgeIndex
    {
        public Counted(params IndexedChunk[] chunks) => Index.Apply(chunks, []);

        public TenantIndex Index { get; } = new();

        public List<Audience> Asked { get; } = [];

        public ValueTask<Retrieved> SearchAsync(TenantId tenant, Audience audience, string question, long atLeast, CancellationToken cancellation)
        {
            Asked.Add(audience);
            return ValueTask.FromResult(Index.Search(question, audience));
        }

        public ValueTask ReachAsync(TenantId tenant, long change, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
