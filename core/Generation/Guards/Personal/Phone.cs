using System.Text.RegularExpressions;
using PhoneNumbers;

namespace Support.Generation.Guards;

/// <summary>
/// Phone numbers. Google's library (libphonenumber) knows the plans of all countries; it joins what stands side by side, so dates, times and prices are taken away
/// first, and Russian numbers are looked for once more by their shape.
/// </summary>
internal static class Phone
{
    private const char Taken = '\uFFFC';

    private const string Country = "RU";

    // The library gives up after so many candidates; a text of ours has a few.
    private const long MostTries = 4_096;

    private static readonly Lazy<PhoneNumberUtil> Library = new(PhoneNumberUtil.GetInstance);

    private static readonly Regex Other = new(
        @"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}|[0-9]{1,2}:[0-9]{2}|[0-9]{1,3}(?:[ .,][0-9]{3}){0,3}(?:[.,][0-9]{1,2})? ?(?:₽|руб|р\.|rub|\$|€|usd|eur|%)",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Russian = new(
        @"(?:[^0-9+]|^)(?<number>(?:\+ ?7|[78])[ \-.(]{0,3}[3-9][0-9]{2}[ \-.)]{0,3}[0-9](?:[ \-.]{0,2}[0-9]){6}|[78](?:[ \-.][0-9]){10})(?:[^0-9]|$)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static IEnumerable<FoundData> Find(string seen)
    {
        // Twelve digits do not fit where there are fewer than five: most texts cost nothing.
        if (seen.Count(char.IsAsciiDigit) < 5)
            return [];
        var found = new List<FoundData>();
        foreach (Match match in Russian.Matches(seen))
            if (match.Groups["number"] is var number && !NumberContext.IsOrder(seen, number.Index))
                found.Add(new FoundData(PersonalDataKind.Phone, number.Index, number.Length, "+7" + Digits(number.Value)[1..]));
        var letters = seen.ToCharArray();
        foreach (var one in found)
            Array.Fill(letters, Taken, one.Start, one.Length);
        var text = Other.Replace(new string(letters), match => new string(Taken, match.Length));
        foreach (var match in Library.Value.FindNumbers(text, Country, PhoneNumberUtil.Leniency.VALID, MostTries))
            if (match.RawString.StartsWith('+') || !NumberContext.IsOrder(seen, match.Start))
                found.Add(new FoundData(PersonalDataKind.Phone, match.Start, match.Length, Library.Value.Format(match.Number, PhoneNumberFormat.E164)));
        return found;
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
