using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Database;
using Support.Generation.Asking;
using Support.Knowledge.Rounds;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Knowledge.Written;

/// <summary>Sees to it that every published chunk has the questions that the model set for it writes, in rounds (<see cref="ChunkRound"/>). Publishing waits for none of it.</summary>
public sealed class WriteChunkQuestions(
    DeskDatabase database, ChunkRound round, WriteQuestions write, EstimateQuestions estimate, IKnowledgeIndex index, IOptions<RetrievalOptions> retrieval, TimeProvider clock, ILogger<WriteChunkQuestions> logger)
{
    /// <summary>Calls side by side, stored together. A process that dies loses so many.</summary>
    private const int AtOnce = 4;

    private readonly RoundPace _pace = new(AtOnce);
    private readonly ConcurrentDictionary<TenantId, long> _announced = new();

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (write.Model is { } model && retrieval.Value.QuestionsWeight != 0 && index.TakesQuestions)
            await round.RunAsync(new QuestionsWork(database, write, model, estimate, _announced, clock, logger), _pace, cancellation);
    }
}
