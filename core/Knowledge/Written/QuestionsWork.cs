using System.Collections.Concurrent;
using Dapper;
using Microsoft.Extensions.Logging;
using Support.Database;
using Support.Generation.Asking;
using Support.Knowledge.Rounds;
using Support.Models;
using Support.Tenants;

namespace Support.Knowledge.Written;

/// <summary>A round of writing questions: a call for each text.</summary>
/// <param name="announced">Of each company, up to which change of its documents the log says what that will cost.</param>
internal sealed partial class QuestionsWork(
    DeskDatabase database, WriteQuestions write, string model, EstimateQuestions estimate, ConcurrentDictionary<TenantId, long> announced, TimeProvider clock, ILogger logger) : IChunkWork<WrittenForText>
{
    // Texts that no longer stand anywhere are looked for once a day where nothing else leads there.
    private const string ToLookAt =
        """
        select id from tenant where knowledge_change > 0
            and (questions_change is distinct from knowledge_change or questions_model is distinct from @model or questions_at < @yesterday)
        order by id
        """;

    public string Name => "questions";

    public async Task<IReadOnlyList<TenantId>> TenantsAsync(CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        var tenants = await connection.QueryAsync<Guid>(new CommandDefinition(ToLookAt, new { model, yesterday = clock.GetUtcNow().AddDays(-1) }, cancellationToken: cancellation));
        return [.. tenants.Select(tenant => new TenantId(tenant))];
    }

    public Task<IReadOnlyList<ChunkText>> ReadAsync(TenantId tenant, byte[] after, int most, CancellationToken cancellation) =>
        UnwrittenTexts.ReadAsync(database, tenant, model, after, most, cancellation);

    public async Task<Asked<WrittenForText>> AskAsync(IReadOnlyList<ChunkText> texts, ModelUse use, long change, CancellationToken cancellation)
    {
        await AnnounceAsync(use.Tenant, change, cancellation);
        var tries = await Task.WhenAll(texts.Select(text => TryAsync(text, use, cancellation)));
        List<ModelException> failures = [.. tries.Select(one => one.Failure).OfType<ModelException>()];
        // Beside one that came out right it is the text's fault. Else it may be the service's, which then makes nothing of any other text either.
        if (failures.Exists(IsOfText) && !tries.Any(one => one.HasAnswered) && await ProbeAsync(use, cancellation) is { } failed)
            return new Asked<WrittenForText>.Failed([], failed);
        List<WrittenForText> done = [.. tries.Select(one => one.Written).OfType<WrittenForText>()];
        failures.RemoveAll(IsOfText);
        if (failures.Count == 0)
            return new Asked<WrittenForText>.All(done) { IsToBeTriedAgain = done.Exists(one => one.IsToBeTriedAgain) };
        if (failures.Find(failure => !failure.IsTimeout) is { } other)
            return new Asked<WrittenForText>.Failed(done, other);
        // The same texts are asked about once more in this round, which would count one failure twice.
        done.RemoveAll(one => one.IsToBeTriedAgain);
        return new Asked<WrittenForText>.TooMuch(done, failures[0]);
    }

    public Task<Kept> StoreAsync(TenantTransaction transaction, IReadOnlyList<WrittenForText> done, CancellationToken cancellation) => QuestionsState.StoreAsync(transaction, model, done, cancellation);

    public Task FinishAsync(TenantTransaction transaction, long? complete, CancellationToken cancellation) =>
        QuestionsState.FinishAsync(transaction, model, complete, clock.GetUtcNow(), cancellation);

    public void Tell(TenantId tenant, TurnEnd end)
    {
        if (!end.Kept.IsNone)
            Log.Written(logger, tenant, end.Kept.CameOut, model, end.Kept.Again, end.Kept.LeftAlone);
        if (end.Kept.LeftAlone > 0)
            Log.LeftAlone(logger, tenant, end.Kept.LeftAlone, model);
        // The admins are told of a spent budget.
        if (end.Failure is { Failure: not ModelFailure.OverBudget } failure)
            Log.Waits(logger, tenant, model, failure.Message);
    }

    public void Tell(TenantId tenant, Exception failure) => Log.Failed(logger, tenant, failure);

    private static bool IsOfText(ModelException failure) => failure.Failure is ModelFailure.BadAnswer or ModelFailure.Filtered or ModelFailure.Refused;

    /// <summary>A text that the model refuses, or makes nothing of again and again, costs no other its questions.</summary>
    private async Task<Try> TryAsync(ChunkText text, ModelUse use, CancellationToken cancellation)
    {
        try
        {
            var questions = await write.OfAsync(text.Title, text.Text, use, cancellation);
            return new Try(new WrittenForText(text.Hash, questions, 0), null, WriteQuestions.IsAskedAbout(text.Title, text.Text));
        }
        catch (ModelException e) when (IsOfText(e))
        {
            return new Try(new WrittenForText(text.Hash, [], e.Failure == ModelFailure.BadAnswer ? 1 : UnwrittenTexts.MostFailures), e, HasAnswered: false);
        }
        catch (ModelException e)
        {
            return new Try(null, e, HasAnswered: false);
        }
    }

    /// <returns>Null when the service writes what can be used for a text that nobody can object to.</returns>
    private async Task<ModelException?> ProbeAsync(ModelUse use, CancellationToken cancellation)
    {
        try
        {
            await write.OfAsync("Opening hours", "We are open from nine to six.", use, cancellation);
            return null;
        }
        catch (ModelException e)
        {
            return e;
        }
    }

    /// <summary>Once for each state of the documents: what is about to be paid for.</summary>
    private async Task AnnounceAsync(TenantId tenant, long change, CancellationToken cancellation)
    {
        if (announced.TryGetValue(tenant, out var known) && known == change)
            return;
        announced[tenant] = change;
        Log.Begins(logger, tenant, model, await estimate.OfAsync(tenant, cancellation));
    }

    /// <param name="Written">Null where the text has nothing to do with the failure.</param>
    /// <param name="HasAnswered">The model gave what can be used; not so where it was not asked at all.</param>
    private sealed record Try(WrittenForText? Written, ModelException? Failure, bool HasAnswered);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Tenant {Tenant}: questions are written with {Model}: {Estimate}.")]
        public static partial void Begins(ILogger logger, TenantId tenant, string model, QuestionsEstimate estimate);

        [LoggerMessage(2, LogLevel.Information, "Tenant {Tenant}: {Texts} texts have their questions from {Model}; {Again} have not and are asked about again, {LeftAlone} were refused or never came out right.")]
        public static partial void Written(ILogger logger, TenantId tenant, int texts, string model, int again, int leftAlone);

        [LoggerMessage(3, LogLevel.Warning, "Tenant {Tenant}: chunks wait for their questions from {Model}: {Why}")]
        public static partial void Waits(ILogger logger, TenantId tenant, string model, string why);

        [LoggerMessage(4, LogLevel.Error, "The questions of tenant {Tenant} could not be written; it is tried again with the next round.")]
        public static partial void Failed(ILogger logger, TenantId tenant, Exception e);

        [LoggerMessage(5, LogLevel.Warning, "Tenant {Tenant}: {Texts} texts got no questions from {Model}, which refused them or gave nothing usable; they are not asked about again. Set Support__Models__Questions__Model to a model that takes these texts.")]
        public static partial void LeftAlone(ILogger logger, TenantId tenant, int texts, string model);
    }
}
