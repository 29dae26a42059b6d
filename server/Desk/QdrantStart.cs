using Support.Database;
using Support.Retrieval.Outside;

namespace Support.Server.Desk;

/// <summary>
/// Says at the start, in one line, what is wrong with the index outside. The desk runs all the same: questions go to people and documents wait
/// until it is mended.
/// </summary>
internal sealed partial class QdrantStart(CompareKnowledge compare, Readiness readiness, TimeProvider clock, ILogger<QdrantStart> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!readiness.Started)
            await Task.Delay(Pause, clock, stoppingToken);
        try
        {
            foreach (var difference in await compare.RunAsync(stoppingToken))
                Log.Differs(logger, difference);
        }
        catch (KnowledgeIndexException e)
        {
            Log.NotReady(logger, e.Message);
        }
        catch (Exception e) when (DeskDatabase.IsAway(e))
        {
            // The desk has noticed by itself; the next start looks again.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The index is not ready; questions go to people and documents wait. {Problem}")]
        public static partial void NotReady(ILogger logger, string problem);

        [LoggerMessage(2, LogLevel.Error, "The index differs from what is published. {Difference}")]
        public static partial void Differs(ILogger logger, KnowledgeDifference difference);
    }
}
