using Support.Database;
using Support.Jobs;
using Support.Retrieval.Outside;

namespace Support.Http;

internal static class DatabaseAway
{
    /// <summary>While the database is away, whatever was asked for is answered 503 and when to come back: nothing is wrong with the request.</summary>
    public static void UseDatabaseAway(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (IsIt(e) && !context.Response.HasStarted)
        {
            await context.ComeBackLaterAsync(e switch
            {
                QueueUnavailableException => "The queue is away; try again shortly.",
                DatabaseNotReadyException => e.Message,
                KnowledgeIndexException => "The knowledge index is away or not ready; try again shortly. The log says why.",
                _ => "The database is away; try again shortly.",
            });
        }
    });

    // A body that ends too early or is too large is an IOException as well, and the sender's own doing.
    private static bool IsIt(Exception e) => e is not BadHttpRequestException && (DeskDatabase.IsAway(e) || e is QueueUnavailableException or DatabaseNotReadyException or KnowledgeIndexException);
}
