using System.Text;
using System.Text.Json;

namespace Support.Generation.Writing;

/// <summary>Reads an answer out of a reply that is still being written: JSON that ends anywhere.</summary>
internal static class PartialReply
{
    /// <summary>The text of <c>answer</c> as far as it has come; empty before it has begun, and where the reply is no JSON.</summary>
    public static string AnswerIn(string reply)
    {
        var start = reply.IndexOf('{');
        if (start < 0)
            return "";
        var json = Encoding.UTF8.GetBytes(reply[start..]);
        try
        {
            return BeginOfAnswer(json) is { } begin ? ReadOpen(json.AsSpan(begin)) : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    /// <summary>Where the value of <c>answer</c> begins, with its quotation mark.</summary>
    private static int? BeginOfAnswer(byte[] json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals("answer"u8))
                continue;
            var begin = (int)reader.BytesConsumed;
            while (begin < json.Length && json[begin] is (byte)':' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                begin++;
            return begin < json.Length && json[begin] == '"' ? begin : null;
        }
        return null;
    }

    private static string ReadOpen(ReadOnlySpan<byte> open)
    {
        var whole = new Utf8JsonReader(open, isFinalBlock: false, default);
        if (whole.Read())
            return whole.GetString() ?? "";
        byte[] closed = [.. open[..WithoutHalfEscape(open)], (byte)'"'];
        var reader = new Utf8JsonReader(closed);
        return reader.Read() ? reader.GetString() ?? "" : "";
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
