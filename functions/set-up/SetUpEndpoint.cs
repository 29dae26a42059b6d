using Support.Database;
using Support.Http;

namespace Support.Functions;

/// <summary>POST /set-up with the owner's bearer key: what a deployment ends with. Answers with what was done, or with one line that says what is wrong.</summary>
public static class SetUpEndpoint
{
    public static void MapSetUp(this IEndpointRouteBuilder app) => app.MapPost("/set-up", SetUpAsync);

    private static async Task SetUpAsync(HttpContext context)
    {
        // No tenant need exist yet: only the key of the owner's choosing opens this door.
        if (!Doors.HasOwnersKey(context))
        {
            await Doors.ProblemAsync(context, StatusCodes.Status401Unauthorized, "The bearer key is missing or wrong. It is Support__Http__UploadKey.");
            return;
        }
        try
        {
            var report = await context.RequestServices.GetRequiredService<SetUpDesk>().RunAsync(context.RequestAborted);
            await Doors.WriteAsync(context, StatusCodes.Status200OK, report, DeskJson.Default.SetUpReport);
        }
        catch (Exception e) when (e is DatabaseRefusedException or FormatException or InvalidOperationException)
        {
            await Doors.ProblemAsync(context, StatusCodes.Status409Conflict, e.Message);
        }
    }
}
