using System.Net;
using System.Text;
using System.Text.Json;
using Support.Simulation;
using Support.Tenants;

namespace Support.Tests.WholeApp;

/// <summary>Knocks at the webhook as Telegram would, or as somebody would who is not Telegram.</summary>
internal sealed class WebhookDoor(Desk desk, TenantId tenant)
{
    private static long _lastUpdate = 70_000_000;

    public static readonly BotId Bot = new(StartingCompany.Bot.Id);

    public static string Secret(TenantId tenant, BotId bot, int generation = 1) =>
        WebhookSecret.Make(SecretBox.Derive(Desk.MasterKey, "webhook"), tenant, bot, generation);

    public string RightSecret => Secret(tenant, Bot);

    public static long NextUpdate() => Interlocked.Increment(ref _lastUpdate);

    public static string TextUpdate(long update, long customer, long message, string text) => JsonSerializer.Serialize(new
    {
        update_id = update,
        message = new
        {
            message_id = message,
            date = 1_790_000_000,
            chat = new { id = customer, type = "private", first_name = "Ann" },
            from = new { id = customer, is_bot = false, first_name = "Ann", language_code = "en" },
            text,
        },
    });

    public Task<HttpResponseMessage> PostAsync(string body) => PostAsync(body, RightSecret);

    public Task<HttpResponseMessage> PostAsync(string body, string? secret, BotId? bot = null, TenantId? of = null) =>
        PostAsync(new StringContent(body, Encoding.UTF8, "application/json"), secret, bot, of);

    public async Task<HttpResponseMessage> PostAsync(HttpContent body, string? secret, BotId? bot = null, TenantId? of = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{desk.Server.Url}/telegram/{of ?? tenant}/{bot ?? Bot}") { Content = body };
        if (secret is not null)
            request.Headers.TryAddWithoutValidation("X-Telegram-Bot-Api-Secret-Token", secret);
        return await DeskServer.Http.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(string body, string? secret, BotId? bot = null, TenantId? of = null)
    {
        using var response = await PostAsync(body, secret, bot, of);
        return response.StatusCode;
    }

    public Task<HttpStatusCode> StatusAsync(string body) => StatusAsync(body, RightSecret);
}
