using Npgsql;

namespace Support.Database;

/// <summary>Understands both spellings of a database's address: a URL and Npgsql's key=value list.</summary>
public static class ConnectionText
{
    /// <exception cref="FormatException">Neither form; the message names the fault and never the password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        if (!text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
            return ParseList(text);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            throw new FormatException("The database URL cannot be read. Write it as postgres://user:password@host:5432/name, with special characters in the password percent-encoded.");
        var user = url.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port > 0 ? url.Port : 5432,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(user[0]),
        };
        if (user.Length == 2)
            builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var part = pair.Split('=', 2);
            builder[part[0] == "sslmode" ? "SSL Mode" : part[0]] = part.Length == 2 ? Uri.UnescapeDataString(part[1]) : "";
        }
        return builder;
    }

    private static NpgsqlConnectionStringBuilder ParseList(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException e)
        {
            throw new FormatException("Support__Database__ConnectionString cannot be read. Write postgres://user:password@host:5432/name or Host=…;Port=…;Database=…;Username=…;Password=….", e);
        }
    }
}
