using System.Globalization;

namespace Support.Settings;

/// <summary>Names people know from other bots, as settings of ours. A setting under its own name wins.</summary>
public static class SettingAliases
{
    private static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["TELEGRAM_BOT_TOKEN"] = "Support:Telegram:Token",
        ["WEBHOOK_URL"] = "Support:Telegram:PublicUrl",
        ["Support__Http__PublicUrl"] = "Support:Telegram:PublicUrl",
        ["CONFIDENCE_THRESHOLD"] = "Support:Confidence:Threshold",
        ["OPENAI_API_KEY"] = "Support:Models:Key",
        ["OPENAI_API_BASE"] = "Support:Models:Endpoint",
        ["OPENAI_MODEL"] = "Support:Models:Model",
        ["RERANKING_MODEL"] = "Support:Models:Rerank:Model",
        ["LOG_LEVEL"] = "Logging:LogLevel:Default",
    };

    private static readonly IReadOnlyDictionary<string, string> Lists = new Dictionary<string, string>
    {
        ["SUPER_ADMIN_IDS"] = "Support:Desk:OwnerIds",
        ["ADMIN_IDS"] = "Support:Desk:AdminIds",
        ["EDITOR_IDS"] = "Support:Desk:EditorIds",
    };

    /// <exception cref="FormatException">A list holds something that is no number.</exception>
    public static IReadOnlyDictionary<string, string?> Read(Func<string, string?> environment)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (alias, name) in Names)
            if (Given(environment, alias) is { } value)
                settings[name] = value;
        foreach (var (alias, name) in Lists)
            if (Given(environment, alias) is { } list)
                AddList(settings, alias, name, list);
        if (Given(environment, "WEB_PORT") is { } port)
            settings["Support:Http:Url"] = $"http://127.0.0.1:{port}";
        if (Given(environment, "DB_HOST") is { } host)
            settings["Support:Database:ConnectionString"] = Database(environment, host);
        return settings;
    }

    private static void AddList(Dictionary<string, string?> settings, string alias, string name, string list)
    {
        var entries = list.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var i = 0; i < entries.Length; i++)
        {
            if (!long.TryParse(entries[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
                throw new FormatException($"{alias} holds \"{entries[i]}\", which is no Telegram user id. Write numbers with commas: {alias}=123456789,987654321.");
            settings[$"{name}:{i}"] = entries[i];
        }
    }

    private static string Database(Func<string, string?> environment, string host)
    {
        var builder = new Npgsql.NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = int.TryParse(Given(environment, "DB_PORT"), out var port) ? port : 5432,
            Database = Given(environment, "DB_NAME") ?? "support",
            Username = Given(environment, "DB_USER") ?? "support",
            Password = Given(environment, "DB_PASSWORD"),
        };
        return builder.ConnectionString;
    }

    private static string? Given(Func<string, string?> environment, string name) =>
        environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
