using System.Text.Json;

namespace Support.Generation.Guards;

/// <summary>The word lists of this folder, carried inside the assembly.</summary>
internal static class GuardData
{
    public static IReadOnlyList<string> Lines(string name)
    {
        using var data = Open(name);
        using var reader = new StreamReader(data);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }

    public static JsonDocument Json(string name)
    {
        using var data = Open(name);
        return JsonDocument.Parse(data);
    }

    private static Stream Open(string name) =>
        typeof(GuardData).Assembly.GetManifestResourceStream("Support.Generation.Guards.Data." + name)
        ?? throw new InvalidOperationException($"The assembly carries no data file '{name}'; build core with its Generation/Guards/Data folder.");
}
