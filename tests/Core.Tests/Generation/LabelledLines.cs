using System.Text.Json;

namespace Support.Tests.Generation;

/// <summary>The labelled examples beside the tests, one JSON object a line.</summary>
internal static class LabelledLines
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<T> Read<T>(string name)
    {
        using var data = typeof(LabelledLines).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The tests carry no file '{name}'.");
        using var reader = new StreamReader(data);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<T>(line, Format)!)];
    }
}
