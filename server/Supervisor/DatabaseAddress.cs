using Npgsql;

namespace Support.Server.Supervisor;

/// <summary>The address of a database that is not the desk's own.</summary>
internal static class DatabaseAddress
{
    public static string? FromEnvironment() =>
        EnvironmentSetting.Read("Support__Database__ConnectionString") is { } given ? Parse(given) : FromKnownNames();

    private static string? FromKnownNames() =>
        EnvironmentSetting.Read("DB_HOST") is not { } host
            ? null
            : new NpgsqlConnectionStringBuilder
            {
                Host = host,
                Port = int.TryParse(EnvironmentSetting.Read("DB_PORT"), out var port) ? port : NpgsqlConnection.DefaultPort,
                Database = EnvironmentSetting.Read("DB_NAME") ?? "support",
                Username = EnvironmentSetting.Read("DB_USER") ?? "support",
                Password = EnvironmentSetting.Read("DB_PASSWORD"),
            }.ConnectionString;

    /// <summary>Takes <c>postgres://user:password@host:port/name?sslmode=require</c> and <c>Host=…;Username=…</c>.</summary>
    public static string Parse(string given)
    {
        try
        {
            return Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is "postgres" or "postgresql"
                ? FromUri(uri).ConnectionString
                : new NpgsqlConnectionStringBuilder(given).ConnectionString;
        }
        catch (ArgumentException e)
        {
            throw new UpException($"The address of the database cannot be read: {e.Message} It looks like postgres://user:password@host:5432/name, or like Host=…;Username=…;Password=…;Database=….");
        }
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2);
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.IsDefaultPort ? NpgsqlConnection.DefaultPort : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
        };
        if (user[0].Length > 0)
            address.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            address.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            address[Known(parts[0])] = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : "");
        }

        return address;
    }

    // libpq's names, which such addresses carry, and Npgsql's.
    private static string Known(string name) => name.ToLowerInvariant() switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "connect_timeout" => "Timeout",
        "application_name" => "Application Name",
        var other => other,
    };
}
