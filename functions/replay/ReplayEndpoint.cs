using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Support.Http;
using Support.Replay;

namespace Support.Functions;

/// <summary>
/// POST /replay?last=200&amp;staff=NAME with Telegram Desktop's result.json as body: what the desk would do today with the questions in it. The file
/// is read as it arrives and not kept.
/// </summary>
public static class ReplayEndpoint
{
    private const int MostQuestions = 2000;
    private const int DefaultQuestions = 200;
    private const int MostNames = 50;

    public static void MapReplay(this IEndpointRouteBuilder app) => app.MapPost("/replay", ReplayAsync);

    private static async Task ReplayAsync(HttpContext context)
    {
        if (await Doors.TenantAsync(context) is not { } tenant)
            return;
        var most = context.RequestServices.GetRequiredService<IOptions<ReplayOptions>>().Value.FileBytes;
        if (context.Request.ContentLength > most)
        {
            await TooLargeAsync(context, most);
            return;
        }
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most;
        string? given = context.Request.Query["last"];
        var last = DefaultQuestions;
        if (!string.IsNullOrEmpty(given) && (!int.TryParse(given, CultureInfo.InvariantCulture, out last) || last is < 1 or > MostQuestions))
        {
            await Doors.ProblemAsync(context, StatusCodes.Status400BadRequest, $"last={given} is no number from 1 to {MostQuestions}: it says how many of the newest questions to replay.");
            return;
        }
        var staff = context.Request.Query["staff"].OfType<string>().Select(name => name.Trim()).Where(name => name.Length > 0).Take(MostNames).ToList();
        using var turn = context.RequestServices.GetRequiredService<ReplayTurns>().Take(tenant, context.RequestAborted);
        if (turn is null)
        {
            context.Response.Headers.RetryAfter = "10";
            await Doors.ProblemAsync(context, StatusCodes.Status429TooManyRequests, $"Another history is being replayed: one at a time for a company, {ReplayTurns.Most} in all. Wait until it is done and send this one again.");
            return;
        }
        try
        {
            var replayed = await context.RequestServices.GetRequiredService<ReplayHistory>().RunAsync(tenant, context.Request.Body, last, staff, turn.Cancellation);
            // Whoever reads the answer slowly keeps the turn no longer than whoever sends slowly.
            using (turn.Cancellation.Register(context.Abort))
                await Doors.WriteAsync(context, StatusCodes.Status200OK, replayed, ReplayJson.Default.Replayed);
        }
        catch (OperationCanceledException) when (turn.IsTimeOver && !context.Response.HasStarted)
        {
            await Doors.ProblemAsync(
                context,
                StatusCodes.Status408RequestTimeout,
                $"This history was not sent and replayed within {ReplayTurns.Longest.TotalSeconds} seconds. Export a shorter time or a single chat, without photos and files, or replay fewer questions: last={DefaultQuestions}.");
        }
        catch (ExportException e)
        {
            await Doors.ProblemAsync(context, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await TooLargeAsync(context, most);
        }
    }

    private static Task TooLargeAsync(HttpContext context, long most) => Doors.ProblemAsync(
        context,
        StatusCodes.Status413PayloadTooLarge,
        $"The file is larger than {most / (1024 * 1024)} MB. Export a shorter time or a single chat, without photos and files, or set Support__Replay__FileBytes higher.");
}
