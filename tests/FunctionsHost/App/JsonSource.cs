using System.Text.Json;

namespace Support.FunctionsHost.App;

/// <summary>An object in one of the app's files, read strictly: what is missing, of a wrong kind or unknown is said with file and place.</summary>
internal sealed class JsonSource
{
    private readonly string _file;
    private readonly string _path;
    private readonly JsonElement _object;

    private JsonSource(string file, string path, JsonElement element)
    {
        (_file, _path, _object) = (file, path, element);
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong("", $"is {element.ValueKind}; it must be an object");
        if (element.EnumerateObject().GroupBy(property => property.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Wrong(twice.Key, "is there twice");
    }

    public static JsonSource Read(string folder, string name)
    {
        var file = Path.Combine(folder, name);
        if (!File.Exists(file))
            throw new FunctionsHostException($"{file} is not there. An app is run from its published folder.");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return new JsonSource(file, "", document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            throw new FunctionsHostException($"{file} is no JSON: {e.Message}", e);
        }
    }

    public FunctionsHostException Wrong(string name, string what) => new($"{_file}: {Place(name)} {what}.");

    public bool Has(string name) => _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Anything else is a mistake that the real host would pass over in silence.</summary>
    public void Allow(params ReadOnlySpan<string> names)
    {
        foreach (var property in _object.EnumerateObject())
        {
            if (!names.Contains(property.Name))
                throw Wrong(property.Name, $"is not known here. Known are: {string.Join(", ", names.ToArray())}");
        }
    }

    public JsonSource? Object(string name) => Has(name) ? new JsonSource(_file, Place(name), _object.GetProperty(name)) : null;

    public IReadOnlyList<JsonSource> Objects(string name) =>
        [.. Array(name).Select((item, index) => new JsonSource(_file, $"{Place(name)}[{index}]", item))];

    public string Text(string name) =>
        OptionalText(name) is { Length: > 0 } text ? text : throw Wrong(name, "is missing");

    public string? OptionalText(string name)
    {
        if (!Has(name))
            return null;
        var value = _object.GetProperty(name);
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, $"is {value.GetRawText()}; it must be a text");
    }

    public string Choice(string name, string standard, params string[] known)
    {
        var text = OptionalText(name) ?? standard;
        return known.Contains(text, StringComparer.OrdinalIgnoreCase) ? text.ToLowerInvariant() : throw Wrong(name, $"is '{text}'; it must be one of: {string.Join(", ", known)}");
    }

    public IReadOnlyList<string> Texts(string name) =>
        [.. Array(name).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, $"holds {item.GetRawText()}; it must hold texts"))];

    public bool Flag(string name, bool standard)
    {
        if (!Has(name))
            return standard;
        var value = _object.GetProperty(name);
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, $"is {value.GetRawText()}; it must be true or false");
    }

    public int Number(string name, int standard, int least, int most)
    {
        if (!Has(name))
            return standard;
        var value = _object.GetProperty(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, $"is {value.GetRawText()}; it must be a whole number from {least} to {most}");
    }

    /// <summary>As "hh:mm:ss" or "d.hh:mm:ss".</summary>
    public TimeSpan Time(string name, TimeSpan standard, TimeSpan least, TimeSpan most)
    {
        if (OptionalText(name) is not { } text)
            return standard;
        return TimeSpan.TryParseExact(text, "c", null, out var time) && time >= least && time <= most
            ? time
            : throw Wrong(name, $"is '{text}'; it must be a time from {least:c} to {most:c}, written hh:mm:ss");
    }

    private IEnumerable<JsonElement> Array(string name)
    {
        if (!Has(name))
            return [];
        var value = _object.GetProperty(name);
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Wrong(name, $"is {value.ValueKind}; it must be a list");
    }

    private string Place(string name) => (_path, name) switch
    {
        ("", "") => "the file",
        ("", _) => name,
        (_, "") => _path,
        _ => $"{_path}.{name}",
    };
}
