using System.Globalization;
using System.Text;

namespace Support.FunctionsHost.Invocations;

/// <summary>JSON as the host writes it, letter for letter: texts keep what is not ASCII, and times have no more digits than they need.</summary>
internal static class HostJson
{
    private const string TimeForm = "yyyy-MM-ddTHH:mm:ss.FFFFFFF";

    public static string Quoted(string text)
    {
        var json = new StringBuilder(text.Length + 2).Append('"');
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                < ' ' or '\u0085' or '\u2028' or '\u2029' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => json.Append(letter),
            };
        }

        return json.Append('"').ToString();
    }

    /// <summary>A text inside an envelope: a quoted JSON text inside a JSON text.</summary>
    public static string Doubly(string text) => Quoted(Quoted(text));

    public static string Number(long number) => Quoted(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>With the offset +00:00, as a local time on a machine that runs in UTC.</summary>
    public static string Local(DateTimeOffset time) => Quoted(time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture) + "+00:00");

    public static string Utc(DateTimeOffset time) => Quoted(time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture) + "Z");
}
