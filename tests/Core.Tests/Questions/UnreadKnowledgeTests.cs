using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Knowledge;
using Support.Questions;
using Support.Retrieval;
using Support.Retrieval.Outside;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Questions;

/// <summary>While the knowledge of a company cannot be searched, its customers reach people.</summary>
public sealed class UnreadKnowledgeTests
{
    private static readonly TenantId Tenant = new(Guid.Parse("11111111-1111-1111-1111-111111111111"));

    [Fact]
    public async Task A_question_does_not_wait_for_ever_for_an_index_that_is_being_read()
    {
        var source = new Slow();
        var index = Index(source);
        await Assert.ThrowsAsync<KnowledgeIndexException>(async () => await index.SearchAsync(Tenant, Audience.Customers, "какой возврат", 0, TestContext.Current.CancellationToken));
        AssertEscalated(await DecideAsync(index));

        source.Ready.SetResult();
        await index.ReachAsync(Tenant, 1, TestContext.Current.CancellationToken);
        Assert.Single((await index.SearchAsync(Tenant, Audience.Customers, "какой возврат", 1, TestContext.Current.CancellationToken)).Passages);
        Assert.Equal(1, source.Reads);
    }

    [Fact]
    public async Task A_question_goes_to_a_person_when_the_index_cannot_be_read() => AssertEscalated(await DecideAsync(Index(new Broken())));

    private static InProcessKnowledgeIndex Index(IChunkSource source) => new(source, new InProcessIndexOptions { FirstPatience = TimeSpan.FromMilliseconds(30) }, TimeProvider.System);

    private static Task<Decided> DecideAsync(IKnowledgeIndex index) =>
        WithoutModels.Decide(index).DecideAsync(new QuestionToDecide(Tenant, "какой возврат", "ru", 0, TenantConfidence.Default), TestContext.Current.CancellationToken);

    private static void AssertEscalated(Decided decided) => Assert.Equal(Reasons.ModelFailed, Assert.IsType<Decision.Escalate>(decided.Decision).Reason);

    private sealed class Slow : IChunkSource
    {
        public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Reads { get; private set; }

        public async ValueTask<KnowledgeChanges> ChangesAsync(TenantId tenant, long since, CancellationToken cancellation)
        {
            Reads++;
            await Ready.Task.WaitAsync(cancellation);
            return new KnowledgeChanges(1, [new ChangedDocument(1, [new IndexedChunk(1, 1, 1, Audience.Customers, "", null, "", "Возврат за 14 дней.")])]);
        }
    }

    private sealed class Broken : IChunkSource
    {
        public ValueTask<KnowledgeChanges> ChangesAsync(TenantId tenant, long since, CancellationToken cancellation) => throw new InvalidDataException("A chunk cannot be read.");
    }
}
