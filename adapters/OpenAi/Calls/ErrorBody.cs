using System.Text.Json;
using System.Text.RegularExpressions;

namespace Support.OpenAi.Calls;

/// <summary>What an error's body says in codes. Its sentences are read, but go nowhere.</summary>
internal sealed partial record ErrorBody(string? Code, string? Type, string? Parameter, bool IsFilter, bool IsAboutModel)
{
    private static readonly ErrorBody Nothing = new(null, null, null, false, false);

    public static ErrorBody Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return Nothing;
            // OpenAI and Azure nest it; vLLM did not for long; Ollama's own is a sentence.
            var error = json.RootElement.TryGetProperty("error", out var nested) && nested.ValueKind == JsonValueKind.Object ? nested : json.RootElement;
            var inner = error.TryGetProperty("innererror", out var within) && within.ValueKind == JsonValueKind.Object ? Text(within, "code") : null;
            var code = Text(error, "code");
            var sentence = Text(error, "message") ?? Text(json.RootElement, "error") ?? "";
            return new ErrorBody(
                Safe(code), Safe(Text(error, "type")), Safe(Text(error, "param")),
                IsFilter: code is "content_filter" or "content_policy_violation" || inner is "ResponsibleAIPolicyViolation",
                IsAboutModel: code is "model_not_found" or "DeploymentNotFound" or "OperationNotSupported" || Text(error, "param") == "model" || sentence.Contains("model", StringComparison.OrdinalIgnoreCase));
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Safe(string? text) => text is not null && Identifier().IsMatch(text) ? text : null;

    // A key has digits and more than 40 letters; a code is some words.
    [GeneratedRegex("^[A-Za-z][A-Za-z_.]{0,39}$")]
    private static partial Regex Identifier();
}
