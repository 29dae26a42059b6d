using Dapper;
using Microsoft.Extensions.Logging;
using Support.Database;
using Support.Knowledge.Rounds;
using Support.Models;
using Support.Retrieval.Dense;
using Support.Tenants;

namespace Support.Knowledge;

/// <summary>
/// Sees to it that every published chunk has a vector of the embedding model that is set, in rounds (<see cref="ChunkRound"/>). Publishing waits for none of it. When the model changes, all is
/// embedded again while the old vectors serve, and the new ones take over at once.
/// </summary>
/// <param name="readers">Null where the index takes no vectors: then none are paid for.</param>
public sealed partial class EmbedChunks(DeskDatabase database, ChunkRound round, IModels models, TimeProvider clock, ILogger<EmbedChunks> logger, IVectorSource? readers = null)
{
    private const string WithKnowledge = "select id from tenant where knowledge_change > 0 order by id";

    private readonly RoundPace _pace = new(UnembeddedTexts.AtOnce);
    private VectorSpace? _space;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (readers is null || models.NameOf(ModelRole.Embedding) is not { } model || !models.Has(ModelRole.Embedding))
            return;
        _space ??= await SpaceOfAsync(model, cancellation);
        if (_space is not { } space)
            return;
        var work = new VectorWork(database, models, space, clock, logger);
        await round.RunAsync(work, _pace, cancellation);
        if (work.IsOtherSpace)
            _space = null;
    }

    /// <summary>How long the model's vectors are, it alone can say: it is asked once for each process, on the account of the first company for which it answers.</summary>
    private async Task<VectorSpace?> SpaceOfAsync(string model, CancellationToken cancellation)
    {
        IReadOnlyList<Guid> tenants;
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
            tenants = (await connection.QueryAsync<Guid>(new CommandDefinition(WithKnowledge, cancellationToken: cancellation))).AsList();
        var service = new ServiceHealth();
        foreach (var tenant in tenants)
        {
            try
            {
                return await VectorProbe.AskAsync(models, model, model, new ModelUse(new TenantId(tenant)), cancellation);
            }
            catch (ModelException e)
            {
                if (service.GoesOn(hasAnswered: false, e))
                    continue;
                // Nothing can be embedded now, for no company. The next round asks again.
                Log.Waits(logger, model, e.Message);
                return null;
            }
        }
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Chunks wait to be embedded with {Model}: {Why}")]
        public static partial void Waits(ILogger logger, string model, string why);
    }
}
