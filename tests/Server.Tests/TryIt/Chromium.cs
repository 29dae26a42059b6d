namespace Support.Tests.TryIt;

/// <summary>The browser that this machine has.</summary>
internal static class Chromium
{
    public const string Missing =
        "No Chromium was found on PATH or in the usual places. Install it (Debian: apt-get install chromium) to run the tests of the try-it page.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "Google Chrome", "Chromium"];

    private static readonly string[] UsualFolders =
    [
        "/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome",
        "/Applications/Google Chrome.app/Contents/MacOS", "/Applications/Chromium.app/Contents/MacOS",
    ];

    // Nothing that asks the network on its own.
    public static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    public static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(UsualFolders)
            .SelectMany(folder => Names, Path.Combine)
            .FirstOrDefault(File.Exists);
}
