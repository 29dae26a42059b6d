using Dapper;
using Microsoft.Extensions.Logging;
using Support.Database;
using Support.Jobs;
using Support.Models;
using Support.Retrieval.Dense;
using Support.Tenants;

namespace Support.Knowledge;

/// <summary>
/// Sees to it that every published chunk has a vector of the embedding model that is set. What is missing is found by asking PostgreSQL, so there is no message to lose: a round that
/// dies has kept what it had stored, and the next one goes on. Publishing waits for none of it. When the model changes, all is embedded again while the old vectors serve, and the
/// new ones take over at once. Of several processes one does it for a company, under a lease; the others pass over that company.
/// </summary>
/// <param name="readers">Null where the index takes no vectors: then none are paid for.</param>
public sealed partial class EmbedChunks(DeskDatabase database, WorkerInstance instance, IModels models, TimeProvider clock, ILogger<EmbedChunks> logger, IVectorSource? readers = null)
{
    /// <summary>A function may run for some minutes; what is left over is for the next round.</summary>
    private static readonly TimeSpan LongestRound = TimeSpan.FromMinutes(4);

    // Texts that no longer stand anywhere are looked for once a day where nothing else leads there.
    private const string ToLookAt =
        """
        select id from tenant where knowledge_change > 0
            and (embedded_change is distinct from knowledge_change or embedded_model is distinct from @Model or embedded_length is distinct from @Length or embedded_at < @yesterday)
        order by id
        """;

    private const string SomeTenant = "select id from tenant where knowledge_change > 0 order by id limit 1";

    private VectorSpace? _space;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (readers is null || models.NameOf(ModelRole.Embedding) is not { } model || !models.Has(ModelRole.Embedding))
            return;
        var until = clock.GetUtcNow() + LongestRound;
        try
        {
            _space ??= await SpaceOfAsync(model, cancellation);
            if (_space is not null)
                await RunAsync(_space, until, cancellation);
        }
        catch (ModelException e)
        {
            // Nothing can be embedded now, for no company. What was stored stays, and the next round goes on from there.
            Log.Waits(logger, model, e.Message);
        }
    }

    private async Task RunAsync(VectorSpace space, DateTimeOffset until, CancellationToken cancellation)
    {
        IReadOnlyList<Guid> tenants;
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
            tenants = (await connection.QueryAsync<Guid>(new CommandDefinition(ToLookAt, new { space.Model, space.Length, yesterday = clock.GetUtcNow().AddDays(-1) }, cancellationToken: cancellation))).AsList();
        foreach (var tenant in tenants)
        {
            if (clock.GetUtcNow() >= until)
                return;
            try
            {
                await EmbedAsync(new TenantId(tenant), space, until, cancellation);
            }
            catch (Exception e) when (e is not (OperationCanceledException or ModelException) && !DeskDatabase.IsAway(e))
            {
                // One company must not keep the others waiting.
                Log.Failed(logger, tenant, e);
            }
        }
    }

    /// <summary>How long the model's vectors are, it alone can say: it is asked once for each process.</summary>
    private async Task<VectorSpace?> SpaceOfAsync(string model, CancellationToken cancellation)
    {
        Guid? tenant;
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
            tenant = await connection.QueryFirstOrDefaultAsync<Guid?>(new CommandDefinition(SomeTenant, cancellationToken: cancellation));
        if (tenant is not { } id)
            return null;
        var embedded = await TextEmbedding.OfAsync(models, new ModelUse(new TenantId(id)), [model], cancellation);
        return new VectorSpace(model, embedded[0].Length);
    }

    private async Task EmbedAsync(TenantId tenant, VectorSpace space, DateTimeOffset until, CancellationToken cancellation)
    {
        var lease = Lease.On($"vectors:{tenant}");
        if (await EmbeddingState.BeginAsync(database, instance, lease, tenant, cancellation) is not { } change)
            return;
        try
        {
            var use = new ModelUse(tenant);
            var stored = 0;
            byte[] after = [];
            while (clock.GetUtcNow() < until)
            {
                var missing = await UnembeddedTexts.ReadAsync(database, tenant, space, after, cancellation);
                if (missing.Count == 0 && after.Length == 0)
                {
                    await EmbeddingState.FinishAsync(database, lease, tenant, space, change, clock.GetUtcNow(), cancellation);
                    if (stored > 0)
                        Log.Embedded(logger, tenant, stored, space.Model);
                    return;
                }
                if (missing.Count == 0)
                {
                    // From the beginning: what was published meanwhile may stand anywhere.
                    (after, change) = ([], await EmbeddingState.ChangeAsync(database, tenant, cancellation));
                    continue;
                }
                var vectors = await EmbedAsync(missing, space, use, cancellation);
                if (!await EmbeddingState.StoreAsync(database, lease, tenant, space, missing, vectors, cancellation))
                    return;
                (after, stored) = (missing[^1].Hash, stored + missing.Count);
            }
            await lease.TryReleaseAsync(database.Light);
        }
        catch
        {
            await lease.TryReleaseAsync(database.Light);
            throw;
        }
    }

    /// <summary>All at once; where the model refuses that, one by one, so that a text it cannot take costs that text its vector and no other.</summary>
    /// <returns>Null for such a text.</returns>
    private async Task<IReadOnlyList<float[]?>> EmbedAsync(IReadOnlyList<UnembeddedText> texts, VectorSpace space, ModelUse use, CancellationToken cancellation)
    {
        try
        {
            var vectors = await TextEmbedding.OfAsync(models, use, [.. texts.Select(text => EmbeddedText.Of(text.Title, text.Text))], cancellation);
            if (vectors.All(vector => vector.Length == space.Length))
                return vectors;
            // Another length for the same name: somebody changed the model behind it. What it is now is asked again.
            _space = null;
            throw new ModelException(ModelFailure.Unavailable, $"The vectors of {space.Model} had {space.Length} numbers and now have {vectors[0].Length}.");
        }
        catch (ModelException e) when (e.Failure is ModelFailure.BadAnswer or ModelFailure.Filtered)
        {
            if (texts.Count == 1)
                return [null];
        }
        var each = new List<float[]?>(texts.Count);
        foreach (var text in texts)
            each.AddRange(await EmbedAsync([text], space, use, cancellation));
        return each;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Tenant {Tenant}: {Texts} texts were embedded with {Model}.")]
        public static partial void Embedded(ILogger logger, TenantId tenant, int texts, string model);

        [LoggerMessage(2, LogLevel.Warning, "Chunks wait to be embedded with {Model}: {Why}")]
        public static partial void Waits(ILogger logger, string model, string why);

        [LoggerMessage(3, LogLevel.Error, "The chunks of tenant {Tenant} could not be embedded; it is tried again with the next round.")]
        public static partial void Failed(ILogger logger, Guid tenant, Exception e);
    }
}
