namespace Support.Tests.Readers;

/// <summary>The sample knowledge base, wherever the tests are run from.</summary>
internal static class Samples
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Support.sln")))
                return Path.Combine(folder.FullName, "samples");
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Support.sln; run the tests from the repository.");
    }
}
