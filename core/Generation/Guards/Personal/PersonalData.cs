namespace Support.Generation.Guards;

/// <summary>
/// Finds personal data. Nothing that a model service or a log gets may hold it; see <see cref="Placeholders"/>. Takes time in proportion to the text.
/// What a finder takes, the later ones do not see, so what is checked by a checksum comes before what is only shaped like something.
/// </summary>
public static class PersonalData
{
    private const char Taken = '\uFFFC';

    private static readonly Func<string, IEnumerable<FoundData>>[] Finders =
    [
        Placeholders.FindLiterals, Iban.Find, EmailAddress.Find, PaymentCard.Find, InsuranceNumber.Find, Passport.Find, Phone.Find, TaxpayerNumber.Find,
    ];

    /// <summary>For a log: each value is only named, [phone], and cannot be put back.</summary>
    public static string Redact(string text)
    {
        var redacted = text;
        foreach (var (kind, start, length, _) in Find(text).Reverse())
            if (kind != PersonalDataKind.Text)
                redacted = string.Concat(redacted.AsSpan(0, start), $"[{NameOf(kind)}]", redacted.AsSpan(start + length));
        return redacted;
    }

    public static bool IsIn(string text) => Find(text).Any(found => found.Kind != PersonalDataKind.Text);

    /// <returns>In order, not overlapping; places are in the text as it was given.</returns>
    internal static IReadOnlyList<FoundData> Find(string text)
    {
        var seen = SeenText.Of(text);
        var free = seen.Text;
        var all = new List<FoundData>();
        foreach (var find in Finders)
        {
            var found = find(free).ToList();
            if (found.Count == 0)
                continue;
            var letters = free.ToCharArray();
            foreach (var one in found)
                Array.Fill(letters, Taken, one.Start, one.Length);
            free = new string(letters);
            all.AddRange(found);
        }
        return [.. all.OrderBy(one => one.Start).Select(one => InSource(one, seen))];
    }

    internal static string NameOf(PersonalDataKind kind) => kind.ToString().ToLowerInvariant();

    private static FoundData InSource(FoundData found, SeenText seen)
    {
        var (start, length) = seen.Source(found.Start, found.Length);
        return found with { Start = start, Length = length };
    }
}
