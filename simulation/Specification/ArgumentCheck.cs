using System.Globalization;
using System.Text.Json;

namespace Support.Simulation;

/// <summary>
/// Holds a call against the specification. Stricter than Telegram on purpose: Telegram ignores parameters and members it does
/// not know and reads "5" in JSON as 5, so a misspelt name does nothing there; here it is a 400 that says so.
/// </summary>
internal static class ArgumentCheck
{
    private const string AttachedAs = "attach://";

    public static Arguments Check(string method, SpecifiedFields parameters, Dictionary<string, object> raw)
    {
        var attached = new HashSet<string>(StringComparer.Ordinal);
        var values = new Dictionary<string, object>(raw.Count, StringComparer.Ordinal);
        foreach (var (name, given) in raw)
        {
            if (parameters.ByName.TryGetValue(name, out var parameter) && given is not "")
                values[name] = Convert(parameter, given, raw, attached);
            else if (parameter is null && given is not UploadedFile)
                throw Refusal.BadRequest($"unknown parameter \"{name}\" of {method}");
        }
        foreach (var (name, given) in raw)
        {
            if (given is UploadedFile && !parameters.ByName.ContainsKey(name) && !attached.Contains(name))
                throw Refusal.BadRequest($"file \"{name}\" is neither a parameter of {method} nor referred to as {AttachedAs}{name}");
        }
        foreach (var parameter in parameters.Required)
        {
            if (!values.ContainsKey(parameter.Name))
                throw Refusal.BadRequest(WhenMissing(parameter.Name));
        }
        return new Arguments(values);
    }

    // Telegram's own words where they are known; clients match on them.
    private static string WhenMissing(string name) => name switch
    {
        "chat_id" => "chat_id is empty",
        "from_chat_id" => "from_chat_id is empty",
        "text" => "message text is empty",
        "document" => "there is no document in the request",
        "photo" => "there is no photo in the request",
        "file_id" => "file_id not specified",
        "callback_query_id" => "query is too old and response timeout expired or query ID is invalid",
        _ => $"parameter \"{name}\" is required",
    };

    private static object Convert(SpecifiedField parameter, object given, Dictionary<string, object> raw, HashSet<string> attached)
    {
        switch (given)
        {
            case UploadedFile file when parameter.Types.Any(type => type.Kind == SpecifiedKind.File):
                return file;
            case string text when text.StartsWith(AttachedAs, StringComparison.Ordinal) && parameter.Types.Any(type => type.Kind == SpecifiedKind.File):
                var name = text[AttachedAs.Length..];
                attached.Add(name);
                return raw.GetValueOrDefault(name) as UploadedFile ?? throw Refusal.BadRequest($"file \"{name}\" of {text} is not in the request");
            case string text:
                return FromText(parameter, text);
            case JsonElement { ValueKind: JsonValueKind.String } element when parameter.Types.All(type => type.Kind is SpecifiedKind.Object or SpecifiedKind.Array):
                return FromText(parameter, element.GetString()!);
            case JsonElement element:
                return FromJson(parameter, element);
            default:
                throw WrongType(parameter);
        }
    }

    private static object FromText(SpecifiedField parameter, string text)
    {
        foreach (var type in parameter.Types)
        {
            switch (type.Kind)
            {
                case SpecifiedKind.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                    return number;
                case SpecifiedKind.Float when double.TryParse(text, CultureInfo.InvariantCulture, out var number):
                    return number;
                case SpecifiedKind.Boolean when text is "true" or "True" or "1":
                    return true;
                case SpecifiedKind.Boolean when text is "false" or "False" or "0":
                    return false;
                case SpecifiedKind.String:
                    return text;
                case SpecifiedKind.Object or SpecifiedKind.Array:
                    return FromJson(parameter, Parse(parameter.Name, text));
                default:
                    continue;
            }
        }
        throw WrongType(parameter);
    }

    private static JsonElement Parse(string name, string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException e)
        {
            throw Refusal.BadRequest($"can't parse {name}: {e.Message}");
        }
    }

    private static object FromJson(SpecifiedField parameter, JsonElement element)
    {
        if (JsonShape.Flaw(parameter.Types, element, parameter.Name) is { } flaw)
            throw Refusal.BadRequest(flaw);
        return element.ValueKind switch
        {
            JsonValueKind.Number when element.TryGetInt64(out var number) => number,
            JsonValueKind.Number => element.GetDouble(),
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => element,
        };
    }

    private static Refusal WrongType(SpecifiedField parameter) =>
        Refusal.BadRequest($"parameter \"{parameter.Name}\" must be {parameter.TypeNames}");
}
