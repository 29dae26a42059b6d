using Support.Http;
using Support.Replay;

namespace Support.Functions;

/// <summary>
/// POST /replay/labels {"question", "chunk", "verdict"}: the owner says whether the passage that a replay found first answers the question; of a choice which
/// one does, {…, "verdict": "chosen", "chosen": 12}, or that none does. The last word counts.
/// </summary>
public static class LabelReplayedEndpoint
{
    public static void MapLabelReplayed(this IEndpointRouteBuilder app) => app.MapPost("/replay/labels", LabelAsync);

    private static async Task LabelAsync(HttpContext context)
    {
        if (await Doors.TenantAsync(context) is not { } tenant)
            return;
        var said = await Doors.ReadAsync(context, ReplayJson.Default.ReplayLabel);
        var label = context.RequestServices.GetRequiredService<LabelReplayed>();
        var keeping = !Doors.IsQuestion(said?.Question) || said.Chunk is not { } chunk ? null : (said.Verdict, said.Chosen) switch
        {
            (VerdictNames.Chosen, { } chosen) => label.ChooseAsync(tenant, said.Question, chunk, chosen, context.RequestAborted),
            (VerdictNames.None, null) => label.ChooseAsync(tenant, said.Question, chunk, null, context.RequestAborted),
            (_, null) when VerdictNames.Read(said.Verdict) is { } verdict => label.SayAsync(tenant, said.Question, chunk, verdict, context.RequestAborted),
            _ => null,
        };
        if (keeping is null)
        {
            await Doors.ProblemAsync(
                context,
                StatusCodes.Status400BadRequest,
                "Write {\"question\": \"…\", \"chunk\": 12, \"verdict\": \"right\"}: the question and its passage's chunk as /replay gave them, and right, partly or wrong; of a choice \"none\", or \"chosen\" with \"chosen\": 14, the chunk of the one that is right.");
            return;
        }
        if (await keeping)
            await Doors.WriteAsync(context, StatusCodes.Status200OK, new ReplayLabelKept(said!.Verdict!), ReplayJson.Default.ReplayLabelKept);
        else
            await Doors.ProblemAsync(context, StatusCodes.Status409Conflict, "The documents have changed since: this question does not find that passage any more. Replay the history again.");
    }
}

/// <param name="Chunk">Of the passage found first.</param>
/// <param name="Chosen">The chunk of the choice that is right.</param>
public sealed record ReplayLabel(string? Question, long? Chunk, string? Verdict, long? Chosen = null);

public sealed record ReplayLabelKept(string Verdict);
