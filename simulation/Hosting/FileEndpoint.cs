using Microsoft.AspNetCore.Http;

namespace Support.Simulation;

/// <summary>/file/bot{token}/{path}: the bytes of a file.</summary>
internal sealed class FileEndpoint(SimulatedTelegram telegram)
{
    public async Task HandleAsync(HttpContext context)
    {
        var token = (string)context.Request.RouteValues["token"]!;
        var path = context.Request.RouteValues["path"] as string ?? "";
        if (telegram.TakeFault(Fault.Download) is { } fault)
        {
            await FailAsync(context, fault);
            return;
        }
        if (telegram.BotByToken(token) is null || telegram.World.Files.ByPath(path) is not { } file || file.Size > FileStore.LargestDownload)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = file.Size;
        await using var bytes = telegram.World.Files.Open(file);
        await bytes.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static async Task FailAsync(HttpContext context, Fault fault)
    {
        if (fault.ErrorCode > 0)
        {
            context.Response.StatusCode = fault.ErrorCode;
            return;
        }
        if (fault.ErrorCode == Fault.DropAfter)
        {
            // Half an answer: the caller sees a body that ends too soon.
            context.Response.ContentLength = 1024;
            await context.Response.Body.WriteAsync(new byte[16], context.RequestAborted);
        }
        context.Abort();
    }
}
