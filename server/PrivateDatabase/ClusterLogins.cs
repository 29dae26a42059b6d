using System.Security.Cryptography;
using Npgsql;

namespace Support.Server.PrivateDatabase;

/// <summary>The passwords of a private cluster: one for set-up, one for the desk.</summary>
internal sealed record ClusterLogins(string AdminPassword, string DeskPassword)
{
    public const string Admin = "postgres";
    public const string Desk = "support";
    public const string Database = "support";

    public static ClusterLogins Random() => new(NewPassword(), NewPassword());

    // Hexadecimal: safe inside a quoted literal, a connection string and a file of one line.
    private static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public string AdminAt(int port, string database = "postgres") =>
        $"Host=127.0.0.1;Port={port};Database={database};Username={Admin};Password={AdminPassword};Pooling=false;Timeout=5";

    /// <param name="host">An address, or the folder of a Unix socket.</param>
    public string DeskAt(int port, string host = "127.0.0.1", string database = Database) =>
        new NpgsqlConnectionStringBuilder { Host = host, Port = port, Database = database, Username = Desk, Password = DeskPassword }.ConnectionString;

    public override string ToString() => nameof(ClusterLogins);
}
