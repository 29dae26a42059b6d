namespace Support.Bench.Speed;

/// <summary>Where dev.cs lies: the bench runs from a folder below it.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "dev.cs")))
                return at.FullName;
        throw new UsageException($"There is no dev.cs above {folder}. Run the bench from a clone of the repository.");
    }
}
