using System.Buffers;
using System.IO.Pipelines;
using Support.Jobs;
using Support.Telegram;
using Support.Tenants;

namespace Support.Functions;

/// <summary>
/// The edge: checks who it is, queues the update as it came, acknowledges. Nothing here asks the database anything but to
/// keep the bytes. A 400 would block a real chat for a day, so only what is no update at all gets one.
/// </summary>
public static class TelegramWebhookEndpoint
{
    public const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";
    private const int LargestBody = 1024 * 1024;

    public static void MapTelegramWebhook(this IEndpointRouteBuilder app)
    {
        var webhook = new Receiver(
            app.ServiceProvider.GetRequiredService<WebhookKeys>(),
            app.ServiceProvider.GetRequiredService<IWorkQueue>(),
            app.ServiceProvider.GetRequiredService<WebhookActivity>());
        app.MapPost("/telegram/{tenant}/{bot}", webhook.ReceiveAsync);
    }

    private sealed class Receiver(WebhookKeys keys, IWorkQueue queue, WebhookActivity activity)
    {
        public async Task ReceiveAsync(HttpContext context)
        {
            if (!TryIdentify(context, out var tenant, out var bot)
                || WebhookSecret.Verify(context.Request.Headers[SecretHeader], tenant, bot, keys) is not { } generation)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }
            var (status, update) = await ReadBodyAsync(context);
            if (update is not null)
                status = await QueueAsync(context, new UpdateArrived(tenant, bot, generation, update));
            if (status == StatusCodes.Status200OK)
                activity.Received(bot);
            context.Response.StatusCode = status;
        }

        private async Task<int> QueueAsync(HttpContext context, UpdateArrived arrived)
        {
            try
            {
                await queue.PutAsync(Queues.Updates, arrived.ToBytes(), TimeSpan.Zero, context.RequestAborted);
                return StatusCodes.Status200OK;
            }
            catch (QueueUnavailableException)
            {
                context.Response.Headers.RetryAfter = "2";
                return StatusCodes.Status503ServiceUnavailable;
            }
        }
    }

    private static bool TryIdentify(HttpContext context, out TenantId tenant, out BotId bot)
    {
        var isTenant = Guid.TryParseExact(context.Request.RouteValues["tenant"] as string, "D", out var tenantId);
        var isBot = long.TryParse(context.Request.RouteValues["bot"] as string, out var botId);
        tenant = new TenantId(tenantId);
        bot = new BotId(botId);
        return isTenant && isBot;
    }

    /// <summary>The body, or the status that says why there is none.</summary>
    private static async Task<(int Status, byte[]? Update)> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > LargestBody)
            return (StatusCodes.Status413PayloadTooLarge, null);
        var reader = context.Request.BodyReader;
        while (true)
        {
            ReadResult result;
            try
            {
                result = await reader.ReadAsync(context.RequestAborted);
            }
            catch (BadHttpRequestException e)
            {
                return (e.StatusCode, null);
            }
            var buffer = result.Buffer;
            if (buffer.Length > LargestBody)
                return (StatusCodes.Status413PayloadTooLarge, null);
            if (!result.IsCompleted)
            {
                reader.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }
            var update = UpdateReader.PeekUpdateId(buffer, out _) ? buffer.ToArray() : null;
            reader.AdvanceTo(buffer.End);
            return (update is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK, update);
        }
    }
}
