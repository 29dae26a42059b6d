namespace Support.Tests;

/// <summary>The files of this repository, by their path from its root.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Paths from the root, with forward slashes, in order. Nothing that was built or installed.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
        [.. Directory.GetFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "artifacts"))
            .Order(StringComparer.Ordinal)];

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "dev.cs")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no dev.cs above the tests.");
        return folder;
    }
}
