using Support.Http;
using Support.Replay;

namespace Support.Functions;

/// <summary>POST /replay/labels {"question", "chunk", "verdict"}: the owner says whether the passage that a replay showed answers the question. The last word counts.</summary>
public static class LabelReplayedEndpoint
{
    public static void MapLabelReplayed(this IEndpointRouteBuilder app) => app.MapPost("/replay/labels", LabelAsync);

    private static async Task LabelAsync(HttpContext context)
    {
        if (await Doors.TenantAsync(context) is not { } tenant)
            return;
        var said = await Doors.ReadAsync(context, ReplayJson.Default.ReplayLabel);
        if (!Doors.IsQuestion(said?.Question) || said.Chunk is not { } chunk || VerdictNames.Read(said.Verdict) is not { } verdict)
        {
            await Doors.ProblemAsync(context, StatusCodes.Status400BadRequest, "Write {\"question\": \"…\", \"chunk\": 12, \"verdict\": \"right\"}: the question and its passage's chunk as /replay gave them, and right, partly or wrong.");
            return;
        }
        if (await context.RequestServices.GetRequiredService<LabelReplayed>().SayAsync(tenant, said.Question, chunk, verdict, context.RequestAborted))
            await Doors.WriteAsync(context, StatusCodes.Status200OK, new ReplayLabelKept(said.Verdict!), ReplayJson.Default.ReplayLabelKept);
        else
            await Doors.ProblemAsync(context, StatusCodes.Status409Conflict, "The documents have changed since: this question does not find that passage any more. Replay the history again.");
    }
}

public sealed record ReplayLabel(string? Question, long? Chunk, string? Verdict);

public sealed record ReplayLabelKept(string Verdict);
