namespace Support.Tests.FunctionsHost;

/// <summary>The payloads as captured and documented, one a file.</summary>
internal static class Payload
{
    public static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Payloads", name)).TrimEnd('\n');
}
