namespace Support.Server.Supervisor;

/// <summary>The environment that the desk is started with, beside what the user set.</summary>
internal static class DeskSettings
{
    public const string ConnectionString = "Support__Database__ConnectionString";

    // Known to the simulation: what its made-up people are.
    private const string AdminsChat = "-1002000000001";
    private const string Admins = "3001,3002";
    private const string Editors = "4001";

    public static Dictionary<string, string> ForSimulation(DataFolder data, DeskSecrets secrets, string database, int sitePort, string deskUrl) =>
        new(Common(data, secrets, database), StringComparer.Ordinal)
        {
            ["Support__Http__Url"] = deskUrl,
            // The simulated Telegram calls the webhook, as the real one would.
            ["Support__Http__PublicUrl"] = deskUrl,
            ["Support__Telegram__ApiUrl"] = $"http://127.0.0.1:{sitePort}",
            ["Support__Telegram__Token"] = SimulatedToken,
            ["Support__Desk__AdminsChat"] = AdminsChat,
            ["ADMIN_IDS"] = Admins,
            ["EDITOR_IDS"] = Editors,
        };

    public const string SimulatedToken = "7000000001:AASimulatedBotOfTheTryItPage0000000";

    public static Dictionary<string, string> ForTelegram(DataFolder data, DeskSecrets secrets, string database, int port, string token)
    {
        var publicUrl = EnvironmentSetting.Read("Support__Http__PublicUrl", "WEBHOOK_URL");
        var settings = new Dictionary<string, string>(Common(data, secrets, database), StringComparer.Ordinal)
        {
            // Telegram must reach a webhook from outside; long polling needs nobody from outside.
            ["Support__Http__Url"] = publicUrl is null ? $"http://127.0.0.1:{port}" : $"http://0.0.0.0:{port}",
            ["Support__Telegram__Token"] = token,
            ["Support__Telegram__OwnerCode"] = secrets.OwnerCode,
        };
        if (publicUrl is not null)
            settings["Support__Http__PublicUrl"] = publicUrl;
        return settings;
    }

    private static Dictionary<string, string> Common(DataFolder data, DeskSecrets secrets, string database) => new(StringComparer.Ordinal)
    {
        [ConnectionString] = database,
        ["Support__Desk__DataFolder"] = data.Path,
        ["Support__Http__UploadKey"] = secrets.UploadKey,
        ["Support__Security__MasterKey"] = EnvironmentSetting.Read("Support__Security__MasterKey") ?? secrets.MasterKey,
    };
}
