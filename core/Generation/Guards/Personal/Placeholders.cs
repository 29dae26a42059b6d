using System.Text;
using System.Text.RegularExpressions;

namespace Support.Generation.Guards;

/// <summary>
/// What stands for personal data in the texts of one question: the question, the conversation, the passages. A value has the same placeholder in all of them, and the
/// spelling in which it came first is what is put back. Not for two threads.
/// </summary>
public sealed class Placeholders
{
    // Models change case and dashes, and escape brackets for Markdown.
    private static readonly Regex Shape = new(@"\\?\[ ?(?<name>email|phone|card|passport|inn|snils|iban|text)[-_ ](?<number>[0-9]{1,6}) ?\\?\]", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly Dictionary<(PersonalDataKind Kind, string Value), string> _names = [];
    private readonly Dictionary<string, string> _spellings = new(StringComparer.Ordinal);
    private readonly Dictionary<PersonalDataKind, int> _counts = [];

    /// <summary>How many values have a placeholder.</summary>
    public int Count => _names.Count;

    /// <summary>The text with a placeholder for each value: [phone-1]. What already looks like a placeholder gets one itself, so it comes back as it was typed.</summary>
    public string Mask(string text)
    {
        var found = PersonalData.Find(text);
        if (found.Count == 0)
            return text;
        var masked = new StringBuilder(text.Length);
        var at = 0;
        foreach (var one in found)
        {
            masked.Append(text, at, one.Start - at).Append(NameFor(one, text.Substring(one.Start, one.Length)));
            at = one.Start + one.Length;
        }
        return masked.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The values in place of their placeholders. What a value looks like is not read again, and placeholders that were never given are taken out.</summary>
    public Restored Restore(string text)
    {
        var seen = SeenText.Of(text);
        var restored = new StringBuilder(text.Length);
        var invented = new List<string>();
        var at = 0;
        foreach (Match match in Shape.Matches(seen.Text))
        {
            var (start, length) = seen.Source(match.Index, match.Length);
            restored.Append(text, at, start - at);
            at = start + length;
            var name = $"[{match.Groups["name"].Value.ToLowerInvariant()}-{match.Groups["number"].Value.TrimStart('0')}]";
            if (_spellings.TryGetValue(name, out var spelling))
                restored.Append(spelling);
            else
                invented.Add(name);
        }
        return new Restored(restored.Append(text, at, text.Length - at).ToString(), invented);
    }

    internal static IEnumerable<FoundData> FindLiterals(string seen)
    {
        foreach (Match match in Shape.Matches(seen))
            yield return new FoundData(PersonalDataKind.Text, match.Index, match.Length, match.Value);
    }

    private string NameFor(FoundData found, string spelling)
    {
        if (_names.TryGetValue((found.Kind, found.Value), out var known))
            return known;
        var number = _counts[found.Kind] = _counts.GetValueOrDefault(found.Kind) + 1;
        var name = $"[{PersonalData.NameOf(found.Kind)}-{number}]";
        _spellings[name] = spelling;
        return _names[(found.Kind, found.Value)] = name;
    }
}

/// <param name="Invented">Placeholders that stand for nothing; they are no longer in the text.</param>
public sealed record Restored(string Text, IReadOnlyList<string> Invented);
