using System.Text.Json;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>Records in JSON: one object a line, or one array of objects. A broken line costs that line.</summary>
internal static class JsonRecordsReader
{
    public static Reading ReadLines(SourceFile file, CancellationToken cancellation)
    {
        var records = new Records(file, []);
        var number = 0;
        var start = 0;
        while (start < file.Text.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            var end = file.Text.IndexOf('\n', start);
            end = end < 0 ? file.Text.Length : end;
            var line = file.Text.AsMemory(start, end - start).Trim();
            start = end + 1;
            number++;
            if (line.IsEmpty)
                continue;
            if (records.Full)
            {
                records.Skip($"line {number} and all below", $"a file may have {file.Limits.Records} records; split it");
                break;
            }
            Read(records, line, $"line {number}", file.Limits);
        }
        return records.Reading();
    }

    public static Reading ReadArray(SourceFile file, CancellationToken cancellation)
    {
        try
        {
            using var json = JsonDocument.Parse(file.Text.AsMemory(), Options(file.Limits));
            var records = new Records(file, []);
            var number = 0;
            foreach (var record in List(json.RootElement))
            {
                cancellation.ThrowIfCancellationRequested();
                number++;
                if (records.Full)
                {
                    records.Skip($"record {number} and all below", $"a file may have {file.Limits.Records} records; split it");
                    break;
                }
                Add(records, record, $"record {number}");
            }
            return number > 0 ? records.Reading() : new Reading.Refused($"{file.Name} has no records: we read an array of objects with id, title and text");
        }
        catch (JsonException e)
        {
            return new Reading.Refused($"{file.Name} is not valid JSON at {Where(e)}; mend it there and send it again");
        }
    }

    private static void Read(Records records, ReadOnlyMemory<char> line, string place, ReaderLimits limits)
    {
        try
        {
            using var json = JsonDocument.Parse(line, Options(limits));
            Add(records, json.RootElement, place);
        }
        catch (JsonException e)
        {
            records.Skip(place, $"not valid JSON at character {e.BytePositionInLine + 1}");
        }
    }

    private static void Add(Records records, JsonElement record, string place)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            records.Skip(place, "not an object with id, title and text");
            return;
        }
        var fields = new Dictionary<RecordField, string>();
        try
        {
            foreach (var property in record.EnumerateObject())
            {
                if (RecordFields.Of(property.Name) is { } field && Text(property.Value) is { } text)
                    fields.TryAdd(field, text);
            }
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: valid JSON, but no text.
            records.Skip(place, "a broken character escape (\\uD800 to \\uDFFF must come in pairs)");
            return;
        }
        records.Add(place, fields);
    }

    // {"articles": […]} is how exports often wrap their list; a lone object is a file of one record.
    private static IEnumerable<JsonElement> List(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : [];
        var lists = root.EnumerateObject()
            .Where(property => property.Value.ValueKind == JsonValueKind.Array && property.Value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object))
            .Take(2).ToList();
        return lists.Count == 1 ? lists[0].Value.EnumerateArray() : [root];
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString())),
        _ => null,
    };

    private static string Where(JsonException e) => $"line {e.LineNumber + 1}, character {e.BytePositionInLine + 1}";

    private static JsonDocumentOptions Options(ReaderLimits limits) => new() { MaxDepth = limits.Depth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
}
