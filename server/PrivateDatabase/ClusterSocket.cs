using System.Text;

namespace Support.Server.PrivateDatabase;

/// <summary>
/// The Unix socket in a cluster's own folder. The desk makes some ten journeys to the database for a question, and the way over
/// 127.0.0.1 costs both ends about twice the processor time.
/// </summary>
internal static class ClusterSocket
{
    // The length of sun_path on macOS, its final zero included; Linux has four more.
    private const int LongestPath = 104;

    /// <summary>A line for the cluster's configuration. Relative to the cluster, so that the server itself never meets the limit on a path's length.</summary>
    public static string Setting => OperatingSystem.IsWindows() ? "unix_socket_directories = ''" : "unix_socket_directories = '.'\nunix_socket_permissions = 0700";

    /// <summary>The folder to name as the host, or null where the socket cannot be used: then there is 127.0.0.1.</summary>
    public static string? FolderIn(string cluster, int port)
    {
        var folder = Path.GetFullPath(cluster);
        var socket = Path.Combine(folder, $".s.PGSQL.{port}");
        return Encoding.UTF8.GetByteCount(socket) < LongestPath && File.Exists(socket) ? folder : null;
    }
}
