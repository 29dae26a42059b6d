using Dapper;
using Microsoft.Extensions.Logging;
using Support.Database;
using Support.Knowledge.Rounds;
using Support.Models;
using Support.Retrieval.Dense;
using Support.Tenants;

namespace Support.Knowledge;

/// <summary>
/// A round of embedding. When a service refuses texts or answers what is no vector, it is asked for one that it should take: unless that goes well it is left alone, and nothing is kept.
/// Else the texts are halved until one is left. A text that is refused is not asked about again; one that nonsense comes of counts a failure, beside another that came out right just now.
/// </summary>
internal sealed partial class VectorWork(DeskDatabase database, IModels models, VectorSpace space, TimeProvider clock, ILogger logger) : IChunkWork<TextVector>
{
    // Texts that no longer stand anywhere are looked for once a day where nothing else leads there.
    private const string ToLookAt =
        """
        select id from tenant where knowledge_change > 0
            and (embedded_change is distinct from knowledge_change or embedded_model is distinct from @Model or embedded_length is distinct from @Length or embedded_at < @yesterday)
        order by id
        """;

    // While no text of a company has come out right, nobody knows whether any will: so many a round are asked about alone.
    private const int MostAlone = 3;

    // Of no company, and of the form of its texts: some services make nonsense of these only.
    private static readonly string Harmless = EmbeddedText.Of("Opening hours", "We are open from nine to six.");

    private readonly Dictionary<TenantId, int> _alone = [];

    public string Name => "vectors";

    /// <summary>The model behind the name gives vectors of another length now.</summary>
    public bool IsOtherSpace { get; private set; }

    public async Task<IReadOnlyList<TenantId>> TenantsAsync(CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        var tenants = await connection.QueryAsync<Guid>(new CommandDefinition(ToLookAt, new { space.Model, space.Length, yesterday = clock.GetUtcNow().AddDays(-1) }, cancellationToken: cancellation));
        return [.. tenants.Select(tenant => new TenantId(tenant))];
    }

    public Task<IReadOnlyList<ChunkText>> ReadAsync(TenantId tenant, byte[] after, int most, CancellationToken cancellation) =>
        UnembeddedTexts.ReadAsync(database, tenant, space, after, most, cancellation);

    public async Task<Asked<TextVector>> AskAsync(IReadOnlyList<ChunkText> texts, ModelUse use, long change, CancellationToken cancellation)
    {
        try
        {
            var vectors = await TextEmbedding.OfAsync(models, use, [.. texts.Select(text => EmbeddedText.Of(text.Title, text.Text))], cancellation);
            if (vectors[0].Length != space.Length)
                throw new ModelException(ModelFailure.BadAnswer, $"The vectors of {space.Model} had {space.Length} numbers and now have {vectors[0].Length}.");
            return new Asked<TextVector>.All([.. texts.Zip(vectors, (text, vector) => new TextVector(text.Hash, vector, 0))]);
        }
        catch (ModelException e) when (e.IsTimeout)
        {
            return new Asked<TextVector>.TooMuch([], e);
        }
        catch (ModelException e) when (e.Failure is ModelFailure.Refused or ModelFailure.Filtered or ModelFailure.BadAnswer)
        {
            return await FindFaultAsync(texts, e, use, cancellation);
        }
        catch (ModelException e)
        {
            return new Asked<TextVector>.Failed([], e);
        }
    }

    public Task<Kept> StoreAsync(TenantTransaction transaction, IReadOnlyList<TextVector> done, CancellationToken cancellation) => EmbeddingState.StoreAsync(transaction, space, done, cancellation);

    public async Task FinishAsync(TenantTransaction transaction, long? complete, CancellationToken cancellation)
    {
        if (complete is { } change && await EmbeddingState.FinishAsync(transaction, space, change, clock.GetUtcNow(), cancellation) is { } kept)
            Log.OldServe(logger, transaction.Tenant, space.Model, kept.Vectors, kept.Texts);
    }

    public void Tell(TenantId tenant, TurnEnd end)
    {
        if (!end.Kept.IsNone)
            Log.Embedded(logger, tenant, end.Kept.CameOut, space.Model, end.Kept.Again, end.Kept.LeftAlone);
        if (end.Kept.LeftAlone > 0)
            Log.LeftAlone(logger, tenant, end.Kept.LeftAlone, space.Model);
        // The admins are told of a spent budget.
        if (end.Failure is { Failure: not ModelFailure.OverBudget } failure)
            Log.Waits(logger, tenant, space.Model, failure.Message);
    }

    public void Tell(TenantId tenant, Exception failure) => Log.Failed(logger, tenant, failure);

    /// <summary>Is it these texts, or the service?</summary>
    private async Task<Asked<TextVector>> FindFaultAsync(IReadOnlyList<ChunkText> texts, ModelException failed, ModelUse use, CancellationToken cancellation)
    {
        var isNonsense = failed.Failure == ModelFailure.BadAnswer;
        var known = isNonsense ? await UnembeddedTexts.FindEmbeddedAsync(database, use.Tenant, space, cancellation) : null;
        try
        {
            var now = await VectorProbe.AskAsync(models, space.Model, known is not null ? EmbeddedText.Of(known.Title, known.Text) : isNonsense ? Harmless : space.Model, use, cancellation);
            if (now != space)
            {
                // Somebody changed the model behind the name. What it is now is asked again.
                IsOtherSpace = true;
                return new Asked<TextVector>.Failed([], failed);
            }
        }
        catch (ModelException e)
        {
            return new Asked<TextVector>.Failed([], e);
        }
        if (texts.Count > 1)
            return new Asked<TextVector>.TooMuch([], failed);
        if (!isNonsense)
            return new Asked<TextVector>.All([new TextVector(texts[0].Hash, null, UnembeddedTexts.MostFailures)]);
        if (known is null && (_alone[use.Tenant] = _alone.GetValueOrDefault(use.Tenant) + 1) > MostAlone)
            return new Asked<TextVector>.Failed([], failed);
        // What came out wrong may come out right another time.
        return new Asked<TextVector>.All([new TextVector(texts[0].Hash, null, 1)]) { IsToBeTriedAgain = true };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Tenant {Tenant}: {Texts} texts were embedded with {Model}; {Again} were not and are asked about again, {LeftAlone} were refused or never came out right.")]
        public static partial void Embedded(ILogger logger, TenantId tenant, int texts, string model, int again, int leftAlone);

        [LoggerMessage(2, LogLevel.Warning, "Tenant {Tenant}: chunks wait to be embedded with {Model}: {Why}")]
        public static partial void Waits(ILogger logger, TenantId tenant, string model, string why);

        [LoggerMessage(3, LogLevel.Error, "The chunks of tenant {Tenant} could not be embedded; it is tried again with the next round.")]
        public static partial void Failed(ILogger logger, TenantId tenant, Exception e);

        [LoggerMessage(4, LogLevel.Warning, "Tenant {Tenant}: {Model} gave vectors for {Vectors} of {Texts} texts only, so those of the model before serve on. Set Support__Models__Embedding__Model to a model that takes these texts.")]
        public static partial void OldServe(ILogger logger, TenantId tenant, string model, long vectors, long texts);

        [LoggerMessage(5, LogLevel.Warning, "Tenant {Tenant}: {Texts} texts got no vector from {Model}, which refused them or gave nothing usable; they are found by their words only and are not asked about again. Set Support__Models__Embedding__Model to a model that takes these texts.")]
        public static partial void LeftAlone(ILogger logger, TenantId tenant, int texts, string model);
    }
}
