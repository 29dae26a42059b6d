using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Support.StorageQueue;

/// <summary>
/// What stands in a message: JSON, <c>{"attempt":0,"returns":0,"put":"2026-11-26T10:43:53.123Z","body":{"text":"…"}}</c>; the body may be
/// <c>{"bytes":"base64"}</c> or <c>{"kept":17}</c>, and <c>"due"</c> says since when it is there when that is not when it was put.
/// </summary>
/// <param name="Returns">How often it was given back: so often it was taken and nobody died. Less than 0 when the deaths happened to a message before this one.</param>
internal sealed record QueuedText(int Attempt, int Returns, DateTimeOffset PutAt, DateTimeOffset? DueAt, QueuedBody Body)
{
    /// <summary>A message holds 64 KiB, but the XML and the base64 of others may come on top.</summary>
    private const int Largest = 48 * 1024;

    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    // Cyrillic stays two bytes a letter. What XML escapes is counted by Fits.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool Fits(string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        foreach (var c in text)
            size += c switch { '<' or '>' => 3, '&' => 4, _ => 0 };
        return size <= Largest;
    }

    public string Write()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Writing))
        {
            json.WriteStartObject();
            json.WriteNumber("attempt", Attempt);
            json.WriteNumber("returns", Returns);
            json.WriteString("put", PutAt.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture));
            if (DueAt is { } due)
                json.WriteString("due", due.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture));
            json.WriteStartObject("body");
            WriteBody(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private void WriteBody(Utf8JsonWriter json)
    {
        if (Body is QueuedBody.Kept kept)
            json.WriteNumber("kept", kept.Number);
        else if (Body is QueuedBody.Here { Bytes.Span: var bytes } && Utf8.IsValid(bytes))
            json.WriteString("text", bytes);
        else if (Body is QueuedBody.Here here)
            json.WriteBase64String("bytes", here.Bytes.Span);
    }

    /// <param name="inserted">When the account got it, for a message that does not say.</param>
    /// <exception cref="UnreadableMessageException">It is not of this form.</exception>
    public static QueuedText Read(string text, DateTimeOffset inserted)
    {
        try
        {
            using var json = JsonDocument.Parse(Plain(text));
            return Read(json.RootElement, inserted);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new UnreadableMessageException($"It is no job of this desk: {text.Length} characters that are not of the form {{\"attempt\":0,…,\"body\":{{…}}}}.");
        }
    }

    /// <summary>Many tools write base64, because the Functions host expects it unless told otherwise.</summary>
    private static ReadOnlyMemory<byte> Plain(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed is ['{', ..])
            return Encoding.UTF8.GetBytes(text);
        var bytes = new byte[trimmed.Length];
        return Convert.TryFromBase64Chars(trimmed, bytes, out var length) ? bytes.AsMemory(0, length) : throw new FormatException();
    }

    private static QueuedText Read(JsonElement json, DateTimeOffset inserted) => new(
        json.TryGetProperty("attempt", out var attempt) ? attempt.GetInt32() : 0,
        json.TryGetProperty("returns", out var returns) ? returns.GetInt32() : 0,
        json.TryGetProperty("put", out var put) ? put.GetDateTimeOffset() : inserted,
        json.TryGetProperty("due", out var due) ? due.GetDateTimeOffset() : null,
        json.TryGetProperty("body", out var body) ? ReadBody(body) : throw new FormatException());

    private static QueuedBody ReadBody(JsonElement body) =>
        body.TryGetProperty("text", out var text) && text.GetString() is { } words ? new QueuedBody.Here(Encoding.UTF8.GetBytes(words))
        : body.TryGetProperty("bytes", out var bytes) ? new QueuedBody.Here(bytes.GetBytesFromBase64())
        : body.TryGetProperty("kept", out var kept) ? new QueuedBody.Kept(kept.GetInt64())
        : throw new FormatException();
}

internal abstract record QueuedBody
{
    private QueuedBody() { }

    public sealed record Here(ReadOnlyMemory<byte> Bytes) : QueuedBody;

    /// <summary>In PostgreSQL, as <see cref="Jobs.KeptBodies"/> numbers it.</summary>
    public sealed record Kept(long Number) : QueuedBody;
}
