using System.Globalization;
using Support.Server.Desk;
using Support.Simulation;

namespace Support.Server.Supervisor;

/// <summary>The environment that the desk is started with, beside what the user set.</summary>
internal static class DeskSettings
{
    public const string ConnectionString = "Support__Database__ConnectionString";

    private const string Url = "Support__Http__Url";
    private const string PublicUrl = "Support__Telegram__PublicUrl";
    private const string Token = "Support__Telegram__Token";

    public static Dictionary<string, string> ForSimulation(DataFolder data, DeskSecrets secrets, string database, int sitePort, string deskUrl) =>
        new(Common(data, secrets, database), StringComparer.Ordinal)
        {
            [Url] = deskUrl,
            // The simulated Telegram calls the webhook, as the real one would.
            [PublicUrl] = deskUrl,
            ["Support__Telegram__ApiUrl"] = $"http://127.0.0.1:{sitePort}",
            [Token] = StartingCompany.Bot.Token,
            ["Support__Desk__Tenant"] = TryItCompany.Name,
            ["Support__Desk__AdminsChat"] = StartingCompany.AdminsGroup.ToString(CultureInfo.InvariantCulture),
            ["ADMIN_IDS"] = $"{StartingCompany.Alice.Id},{StartingCompany.Oleg.Id}",
            ["EDITOR_IDS"] = $"{StartingCompany.Eve.Id}",
            // Meant for the real bot.
            ["SUPER_ADMIN_IDS"] = "",
            ["RUN_MODE"] = "",
        };

    /// <param name="token">Null when the bots are those of several companies, which the desk reads by itself.</param>
    public static Dictionary<string, string> ForTelegram(DataFolder data, DeskSecrets secrets, string database, int port, string? token)
    {
        var publicUrl = IsPolling ? null : EnvironmentSetting.Read(PublicUrl, "Support__Http__PublicUrl", "WEBHOOK_URL");
        var settings = new Dictionary<string, string>(Common(data, secrets, database), StringComparer.Ordinal)
        {
            // Telegram must reach a webhook from outside; long polling needs nobody from outside.
            [Url] = publicUrl is null ? $"http://127.0.0.1:{port}" : $"http://0.0.0.0:{port}",
        };
        if (token is not null)
        {
            settings[Token] = token;
            settings["Support__Telegram__OwnerCode"] = secrets.OwnerCode;
        }
        if (publicUrl is not null)
            settings[PublicUrl] = publicUrl;
        return settings;
    }

    private static bool IsPolling => string.Equals(EnvironmentSetting.Read("RUN_MODE"), "polling", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> Common(DataFolder data, DeskSecrets secrets, string database) => new(StringComparer.Ordinal)
    {
        [ConnectionString] = database,
        ["Support__Desk__DataFolder"] = data.Path,
        ["Support__Http__UploadKey"] = secrets.UploadKey,
        ["Support__Security__MasterKey"] = EnvironmentSetting.Read("Support__Security__MasterKey") ?? secrets.MasterKey,
    };
}
