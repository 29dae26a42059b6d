using System.Text.RegularExpressions;

namespace Support.Generation.Guards;

/// <summary>E-mail addresses, also in letters of other alphabets, and as people hide them: "ivan (at) mail.ru", "ivan собака mail.ru".</summary>
internal static class EmailAddress
{
    private static readonly Regex Shape = new(
        @"[\p{L}\p{N}._%+'\-]{1,64}(?:@|[ ]@[ ]| ?[\[(] ?(?:at|собака) ?[\])] ?| собака )[\p{L}\p{N}](?:[\p{L}\p{N}\-]{0,62})(?:\.[\p{L}\p{N}\-]{1,63})*\.[\p{L}][\p{L}\p{N}\-]{1,62}",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static IEnumerable<FoundData> Find(string seen)
    {
        foreach (Match match in Shape.Matches(seen))
            yield return new FoundData(PersonalDataKind.Email, match.Index, match.Length, match.Value.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal));
    }
}
