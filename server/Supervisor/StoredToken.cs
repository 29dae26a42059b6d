using System.Text.Json;
using Support.Server.PrivateDatabase;

namespace Support.Server.Supervisor;

/// <summary>The token of a real bot: from the environment, or pasted on the try-it page earlier. Null means the simulation.</summary>
internal sealed record StoredToken(string Token, string Username)
{
    public static string? Find(DataFolder data) =>
        FromEnvironment() ?? (File.Exists(data.Token) ? JsonSerializer.Deserialize(File.ReadAllText(data.Token), SupervisorJson.Default.StoredToken)?.Token : null);

    private static string? FromEnvironment() => EnvironmentSetting.Read("Support__Telegram__Token", "TELEGRAM_BOT_TOKEN");

    public void Keep(DataFolder data) => PrivateFile.Write(data.Token, JsonSerializer.Serialize(this, SupervisorJson.Default.StoredToken));

    public override string ToString() => Username;
}
