using System.Text.Json;
using System.Text.RegularExpressions;

namespace Support.Server.Supervisor;

/// <summary>Asks Telegram whose token this is.</summary>
internal sealed partial class BotIdentity(HttpMessageInvoker client)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static string Api => (EnvironmentSetting.Read("Support__Telegram__ApiUrl") ?? "https://api.telegram.org").TrimEnd('/');

    /// <summary>The bot's user name. Throws <see cref="UpException"/> with words for the person who pasted the token.</summary>
    public async Task<string> UsernameAsync(string token, CancellationToken cancel)
    {
        if (!TokenForm().IsMatch(token))
            throw new UpException("This is not a bot token. @BotFather gives one that looks like 123456789:AAE….");

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Api}/bot{token}/getMe");
            using var response = await client.SendAsync(request, patience.Token);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(patience.Token));
            return answer.RootElement.TryGetProperty("result", out var bot) && bot.TryGetProperty("username", out var username)
                ? username.GetString()!
                : throw new UpException($"Telegram does not know this token (it answered {(int)response.StatusCode}). Copy it from @BotFather again.");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || e is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            // The exception's own text may hold the address, and so the token.
            throw new UpException($"{new Uri(Api).Host} cannot be reached from here, so the token was not checked. Try again when this machine is online.");
        }
    }

    [GeneratedRegex("^[0-9]{5,20}:[A-Za-z0-9_-]{20,100}$")]
    private static partial Regex TokenForm();
}
