namespace Support.Tests.WholeApp.FunctionApps;

/// <summary>Both function apps as they are deployed; <c>dotnet run dev.cs test</c> publishes them before it tests.</summary>
internal static class PublishedApps
{
    public static string Root { get; } = FindRoot();

    /// <param name="app">functions or ingestion; a dot for the folder of both.</param>
    public static string Folder(string app)
    {
        var folder = Path.GetFullPath(Path.Combine(Root, "artifacts", "apps", app));
        return File.Exists(Path.Combine(folder, app == "." ? "functions" : "", "host.json"))
            ? folder
            : throw new InvalidOperationException($"{folder} holds no published app. `dotnet run dev.cs test` publishes both, or: dotnet run dev.cs publish --functions artifacts/apps");
    }

    private static string FindRoot()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "dev.cs")))
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("There is no dev.cs above the tests.");
        return root;
    }
}
