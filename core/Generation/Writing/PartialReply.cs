using System.Text;
using System.Text.Json;

namespace Support.Generation.Writing;

/// <summary>A reply that is still being written: JSON that ends anywhere.</summary>
/// <param name="Answer">The text of <c>answer</c> as far as it has come; empty before it has begun, and where the reply is no JSON.</param>
/// <param name="IsOpen">More of it may come.</param>
/// <param name="IsAnswerable">The model has said, before it, that the passages state the answer.</param>
internal readonly record struct PartialReply(string Answer, bool IsOpen, bool IsAnswerable)
{
    private static readonly PartialReply Nothing = new("", true, false);

    public static PartialReply Of(string reply)
    {
        var start = reply.IndexOf('{');
        if (start < 0)
            return Nothing;
        var json = Encoding.UTF8.GetBytes(reply[start..]);
        try
        {
            return Read(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or half of a pair of characters. Whoever reads the whole says so.
            return Nothing;
        }
    }

    private static PartialReply Read(byte[] json)
    {
        var isAnswerable = false;
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                continue;
            if (reader.ValueTextEquals("answerable"u8))
                isAnswerable = reader.Read() && reader.TokenType == JsonTokenType.True;
            else if (reader.ValueTextEquals("answer"u8))
                return BeginOfText(json, (int)reader.BytesConsumed) is { } begin ? ReadText(json.AsSpan(begin)) with { IsAnswerable = isAnswerable } : Nothing;
        }
        return Nothing;
    }

    /// <summary>Where the text begins, with its quotation mark.</summary>
    private static int? BeginOfText(byte[] json, int begin)
    {
        while (begin < json.Length && json[begin] is (byte)':' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            begin++;
        return begin < json.Length && json[begin] == '"' ? begin : null;
    }

    private static PartialReply ReadText(ReadOnlySpan<byte> open)
    {
        var whole = new Utf8JsonReader(open, isFinalBlock: false, default);
        if (whole.Read())
            return new PartialReply(whole.GetString() ?? "", false, false);
        byte[] closed = [.. open[..WithoutHalfEscape(open)], (byte)'"'];
        var reader = new Utf8JsonReader(closed);
        return reader.Read() ? new PartialReply(reader.GetString() ?? "", true, false) : Nothing;
    }

    /// <summary>The length without an escape that may have more to come: <c>\</c>, <c>\u04</c>, or the first half of a pair.</summary>
    private static int WithoutHalfEscape(ReadOnlySpan<byte> open)
    {
        for (var i = 1; i < open.Length;)
        {
            if (open[i] != '\\')
            {
                i++;
                continue;
            }
            var length = LengthOfEscape(open[i..]);
            if (length == 0)
                return i;
            i += length;
        }
        return open.Length;
    }

    /// <returns>0 while it is not whole.</returns>
    private static int LengthOfEscape(ReadOnlySpan<byte> escape)
    {
        const int Simple = 2, Unicode = 6, Pair = 12;
        if (escape.Length < Simple)
            return 0;
        if (escape[1] != 'u')
            return Simple;
        if (escape.Length < Unicode)
            return 0;
        var isFirstOfPair = escape[2] is (byte)'d' or (byte)'D' && escape[3] is (byte)'8' or (byte)'9' or (byte)'a' or (byte)'A' or (byte)'b' or (byte)'B';
        return !isFirstOfPair ? Unicode : escape.Length < Pair ? 0 : Pair;
    }
}
