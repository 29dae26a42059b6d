using System.Globalization;

namespace Support.Server.PrivateDatabase;

/// <summary>How a private cluster is tuned: for a small machine that does other things too.</summary>
/// <param name="Durable">False only for tests: a crash of the machine may then lose everything.</param>
/// <param name="Connections">Each costs some megabytes once used.</param>
internal sealed record ClusterSettings(bool Durable, int Connections)
{
    public const string FileName = "support.conf";

    public static ClusterSettings ForDesk { get; } = new(Durable: true, Connections: 60);

    public static ClusterSettings ForTests { get; } = new(Durable: false, Connections: 200);

    /// <summary>The port this cluster had when it last ran, or null.</summary>
    public static int? PortIn(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
            return null;

        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("port = ", StringComparison.Ordinal));
        return int.TryParse(line?["port = ".Length..], CultureInfo.InvariantCulture, out var port) ? port : null;
    }

    public void Write(string folder, int port)
    {
        var durability = Durable ? "on" : "off";
        var file = Path.Combine(folder, FileName);
        File.WriteAllText(
            file,
            $"""
            # Written at each start of the desk; own settings belong into postgresql.conf after the line that includes this file.
            port = {port}
            listen_addresses = '127.0.0.1'
            {ClusterSocket.Setting}
            max_connections = {Connections}
            shared_buffers = 128MB
            fsync = {durability}
            synchronous_commit = {durability}
            full_page_writes = {durability}
            wal_level = minimal
            max_wal_senders = 0
            wal_compression = on
            max_wal_size = 2GB
            jit = off
            # Each visit makes every connection plan its statements on that table anew; but small busy tables must not grow for a minute.
            autovacuum_naptime = 20s
            log_checkpoints = off
            log_min_messages = warning
            log_line_prefix = '%m [%p] '
            # Statements and their values hold customers' text.
            log_min_error_statement = panic
            log_parameter_max_length_on_error = 0
            log_error_verbosity = terse

            """);
        OrdinaryUser.Give(file);
    }
}
