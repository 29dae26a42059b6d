using System.Globalization;
using System.Text;
using System.Text.Json;
using Support.FunctionsHost.App;

namespace Support.FunctionsHost.Invocations;

/// <summary>The Outputs of an answer. Each is a list of texts; a bare text is taken too, with the host's surprises.</summary>
internal static class OutputValues
{
    private const string Returned = "$return";

    /// <returns>What is wrong, or null.</returns>
    public static string? Read(FunctionFile function, JsonElement outputs, List<(QueueOutput, string)> messages)
    {
        if (outputs.ValueKind == JsonValueKind.Null)
            return null;
        if (outputs.ValueKind != JsonValueKind.Object)
            return $"the answer's Outputs is {outputs.ValueKind}; it must be an object";
        foreach (var output in outputs.EnumerateObject())
        {
            if (function.Outputs.FirstOrDefault(o => o.Binding.Equals(output.Name, StringComparison.OrdinalIgnoreCase)) is not { } binding)
                return $"the answer has the output '{output.Name}', which {function.Name}/{FunctionFileReader.Name} does not bind";
            if (Add(binding, output.Value, messages) is { } wrong)
                return wrong;
        }

        return null;
    }

    public static string? ReadReturn(FunctionFile function, JsonElement value, List<(QueueOutput, string)> messages) =>
        function.Outputs.FirstOrDefault(o => o.Binding == Returned) is { } binding ? Add(binding, value, messages) : null;

    private static string? Add(QueueOutput binding, JsonElement value, List<(QueueOutput, string)> messages)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                messages.Add((binding, Bare(value.GetString()!)));
                return null;
            case JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String):
                messages.AddRange(value.EnumerateArray().Select(item => (binding, item.GetString()!)));
                return null;
            default:
                return $"the answer's output '{binding.Binding}' is {value.ValueKind}; it must be a list of texts";
        }
    }

    /// <summary>A bare text that happens to be base64 is decoded, and one that looks like a time becomes one. That is why lists are used.</summary>
    private static string Bare(string text)
    {
        if (IsoTime.Read(text) is { } time)
            return time.ToString("MM/dd/yyyy HH:mm:ss", CultureInfo.InvariantCulture);
        var bytes = new byte[text.Length];
        return text.Length > 0 && Convert.TryFromBase64String(text, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : text;
    }
}
