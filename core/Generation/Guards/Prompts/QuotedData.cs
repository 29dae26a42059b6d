using System.Text;
using System.Text.RegularExpressions;

namespace Support.Generation.Guards;

/// <summary>
/// Makes a customer's or a document's text into data for a prompt: nothing invisible, no marks of turns, no citations of its own, no longer than allowed. What people see
/// is not changed by it; letters that look alike stay.
/// </summary>
public static class QuotedData
{
    private static readonly Regex Citation = new(@"\[(?<numbers>[0-9]{1,2}(?: ?[,;] ?[0-9]{1,2}){0,8})\]", RegexOptions.NonBacktracking);

    /// <param name="most">Characters; a longer text is cut and ends in "…".</param>
    public static string Clean(string text, int most)
    {
        var clean = Cut(Visible(text), most);
        clean = TurnMarkers.Neutralize(clean);
        clean = Citation.Replace(clean, "(${numbers})");
        return clean.Length > most ? Cut(clean, most) : clean;
    }

    /// <summary>For a file's name, a title or a table's cell: one line.</summary>
    public static string CleanLine(string text, int most) => Clean(text.ReplaceLineEndings(" "), most);

    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                if (!Invisible.IsCode(char.ConvertToUtf32(c, text[at + 1])))
                    visible.Append(c).Append(text[at + 1]);
                at++;
            }
            else if (!char.IsSurrogate(c) && !Invisible.Is(c))
                visible.Append(c is '\u2028' or '\u2029' or '\u0085' ? '\n' : c);
        }
        return visible.ToString();
    }

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = Math.Max(0, most - 1);
        if (end > 0 && char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end] + "…";
    }
}
