namespace Support.Server.PrivateDatabase;

/// <summary>Where PostgreSQL's programs, and the tools that fetch them, are looked for.</summary>
/// <param name="Path">Folders as in the variable of that name.</param>
/// <param name="Versioned">Folders with one folder a version, and how those are called; the best first.</param>
internal sealed record SearchedPlaces(string Path, IReadOnlyList<(string Parent, string Pattern)> Versioned)
{
    public static SearchedPlaces OfThisMachine => new(
        Environment.GetEnvironmentVariable("PATH") ?? "",
        [("/usr/lib/postgresql", "*"), ("/opt/homebrew/opt", "postgresql*"), ("/usr/local/opt", "postgresql*")]);

    public IEnumerable<string> PathFolders => Path.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    public bool OnPath(string program) => PathFolders.Any(folder => File.Exists(System.IO.Path.Combine(folder, program)));
}
