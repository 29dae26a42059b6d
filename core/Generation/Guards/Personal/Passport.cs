using System.Text.RegularExpressions;

namespace Support.Generation.Guards;

/// <summary>Russian passports: a series of four digits and a number of six, or two and seven for travel, near the word. Without the word ten digits are anything.</summary>
internal static class Passport
{
    private const int Reach = 60;

    private static readonly Regex Shape = new(
        @"(?:[^\p{L}\p{N}]|^)(?<number>[0-9]{2}[ \-]?[0-9]{2}[ ,;]{0,2}(?:№|no?\.?|номер|number)?[ :]{0,2}[0-9]{6}|[0-9]{2}[ ]?(?:№|no?\.?)?[ ]?[0-9]{7})(?:[^0-9]|$)",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static IEnumerable<FoundData> Find(string seen)
    {
        foreach (Match match in Shape.Matches(seen))
            if (match.Groups["number"] is var number && NumberContext.Names(seen, number.Index, Reach, "паспорт", "серия", "passport", "series"))
                yield return new FoundData(PersonalDataKind.Passport, number.Index, number.Length, string.Concat(number.Value.Where(char.IsAsciiDigit)));
    }
}
