using System.Diagnostics;

namespace Support.Server.PrivateDatabase;

/// <summary>PostgreSQL refuses to run as root. Where the desk is root, its programs run in a user namespace in which root's files belong to an ordinary user.</summary>
internal static class OrdinaryUser
{
    private enum Way
    {
        AsIs,
        Namespace,
        Nobody,
    }

    // nobody, on every Linux: used where a container forbids user namespaces.
    private const string NobodyId = "65534";

    private static readonly Lazy<Way> Chosen = new(Choose);

    private static Way Choose()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return Way.AsIs;

        using var trial = Process.Start(StartInfo(["sh", "-c", "unshare --user --map-user=1000 --map-group=1000 true >/dev/null 2>&1"]));
        trial!.WaitForExit();
        return trial.ExitCode == 0 ? Way.Namespace : Way.Nobody;
    }

    /// <summary>The command as an ordinary user runs it, to be waited for.</summary>
    public static ProcessStartInfo Command(string program, IEnumerable<string> arguments) => StartInfo([.. Prefix(), program, .. arguments]);

    /// <summary>The same, in a session of its own (Ctrl-C in the terminal is not for it) and with its output in a file.</summary>
    public static ProcessStartInfo Detached(string program, IEnumerable<string> arguments, string log)
    {
        var start = StartInfo(["sh", "-c", "exec \"$@\" </dev/null >>\"$SUPPORT_LOG\" 2>&1", "sh", .. OwnSession(), .. Prefix(), program, .. arguments]);
        start.Environment["SUPPORT_LOG"] = log;
        return start;
    }

    // macOS has no setsid(1), but always Perl.
    private static string[] OwnSession() =>
        OperatingSystem.IsMacOS() ? ["perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV"] : ["setsid"];

    private static string[] Prefix() => Chosen.Value switch
    {
        Way.Namespace => ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"],
        Way.Nobody => ["setpriv", "--reuid=" + NobodyId, "--regid=" + NobodyId, "--clear-groups", "--"],
        _ => [],
    };

    private static ProcessStartInfo StartInfo(string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]);
        // PGDATA, PGPORT and the like belong to another PostgreSQL.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>Makes a file or folder the ordinary user's. In a namespace it is already.</summary>
    public static void Give(string path)
    {
        if (Chosen.Value != Way.Nobody)
            return;

        using var chown = Process.Start(StartInfo(["chown", "-R", $"{NobodyId}:{NobodyId}", path]));
        chown!.WaitForExit();
        if (chown.ExitCode != 0)
            throw new PrivateDatabaseException($"{path} could not be given to an ordinary user, as whom PostgreSQL must run. Run the desk as an ordinary user, or allow user namespaces.");
    }
}
