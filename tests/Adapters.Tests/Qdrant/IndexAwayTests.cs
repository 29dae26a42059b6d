using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Support.Confidence;
using Support.Jobs;
using Support.Knowledge;
using Support.QdrantStandIn;
using Support.Questions;

namespace Support.Tests.Qdrant;

/// <summary>Qdrant goes away: people get the questions, and documents wait without losing a try.</summary>
public sealed class IndexAwayTests : QdrantTest
{
    protected override StandInOptions Options => new();

    [Fact]
    public async Task A_question_goes_to_a_person_with_the_reason()
    {
        await PublishRulesAsync();
        StandIn.Instead = Away;
        var decided = await Desk.Services.GetRequiredService<DecideAnswer>().DecideAsync(new QuestionToDecide(Tenant, "Какой у вас возврат?", "ru", 0, TenantConfidence.Default), CancellationToken.None);
        Assert.Equal(new Decision.Escalate(Reasons.ModelFailed, null), decided.Decision);
    }

    [Fact]
    public async Task A_document_waits_and_is_published_when_the_index_is_back()
    {
        await PublishRulesAsync();
        var document = await UploadAsync("rules", "Возврат за 20 дней.");
        var index = await IndexerAsync();
        StandIn.Instead = Away;

        Assert.IsType<Verdict.Later>(await index.HandleAsync(new DocumentDue(Tenant.Value, document), CancellationToken.None));
        StandIn.Instead = null;
        Assert.Equal(["Возврат за 14 дней."], await Desk.TextsAsync(Tenant, "какой возврат"));

        // The lease was given back, or this would have to wait.
        Assert.Equal(Verdict.Finished, await index.HandleAsync(new DocumentDue(Tenant.Value, document), CancellationToken.None));
        Assert.Equal(["Возврат за 20 дней."], await Desk.TextsAsync(Tenant, "какой возврат"));
    }

    [Fact]
    public async Task What_could_not_be_cleared_away_is_ignored_and_cleared_away_later()
    {
        await PublishRulesAsync();
        var document = await UploadAsync("rules", "Возврат за 20 дней.");
        var index = await IndexerAsync();
        var due = new DocumentDue(Tenant.Value, document);
        Assert.Equal(Verdict.Finished, await index.HandleAsync(due, CancellationToken.None));
        Assert.Equal(2, StandIn.IdsOf(Qdrant.Collection).Count);
        Assert.Equal(["Возврат за 20 дней."], await Desk.TextsAsync(Tenant, "какой возврат"));
        var wakeUp = Assert.Single(await Desk.Services.GetRequiredService<IWorkQueue>().TakeAsync(Queues.Documents, 10, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal(due, System.Text.Json.JsonSerializer.Deserialize(wakeUp.Body.Span, JobJson.Default.DocumentDue));

        StandIn.Instead = Away;
        Assert.IsType<Verdict.Later>(await index.HandleAsync(due, CancellationToken.None));
        StandIn.Instead = null;
        Assert.Equal(Verdict.Finished, await index.HandleAsync(due, CancellationToken.None));

        Assert.Single(StandIn.IdsOf(Qdrant.Collection));
    }

    [Fact]
    public async Task A_document_can_be_removed_while_the_index_is_away()
    {
        var document = await PublishRulesAsync();
        StandIn.Instead = Away;
        await Desk.RemoveAsync(Tenant, document);
        StandIn.Instead = null;
        Assert.Empty(await Desk.TextsAsync(Tenant, "какой возврат"));
        await (await IndexerAsync()).HandleAsync(new DocumentDue(Tenant.Value, document), CancellationToken.None);
        Assert.Empty(StandIn.IdsOf(Qdrant.Collection));
    }

    private static Task<bool> Away(Microsoft.AspNetCore.Http.HttpContext context)
    {
        context.Abort();
        return Task.FromResult(true);
    }

    private Task<long> UploadAsync(string name, string text) => Desk.InAsync(Tenant, async tx =>
        (await UploadDocument.InsideAsync(tx, new Upload(name, System.Text.Encoding.UTF8.GetBytes(text), Audience.Customers, "test"), DateTimeOffset.UnixEpoch, CancellationToken.None)).Document);

    private async Task<IndexDocument> IndexerAsync()
    {
        var instance = Desk.Services.GetRequiredService<WorkerInstance>();
        await instance.StartAsync(CancellationToken.None);
        return new IndexDocument(
            Desk.Database, instance, Desk.Services.GetRequiredService<IWorkQueue>(), ReadAsync, Desk.Follower, Desk.Services.GetRequiredService<TellWhatItAnswers>(), Desk.Services.GetRequiredService<TellOfDocuments>(), TimeProvider.System, NullLogger<IndexDocument>.Instance);
    }

    private static ValueTask<Reading> ReadAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => ValueTask.FromResult<Reading>(
        new Reading.Complete([new ReadDocument("", "Правила", null, [new Block.Paragraph(System.Text.Encoding.UTF8.GetString(bytes.Span))])], []));
}
