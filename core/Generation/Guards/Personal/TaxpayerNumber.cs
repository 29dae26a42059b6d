namespace Support.Generation.Guards;

/// <summary>INN, the Russian taxpayer's number, in one piece: 10 digits with one check digit, or 12 with two. The number of an order is left alone.</summary>
internal static class TaxpayerNumber
{
    private static readonly int[] Weights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

    public static IEnumerable<FoundData> Find(string seen)
    {
        foreach (var run in DigitRun.In(seen))
            foreach (var (start, length) in run.Groups)
                if (length is 10 or 12 && seen.Substring(start, length) is var digits && HasChecksum(digits)
                    && (NumberContext.Names(seen, start, 30, "инн", "inn") || !NumberContext.IsOrder(seen, start)))
                    yield return new FoundData(PersonalDataKind.Inn, start, length, digits);
    }

    public static bool HasChecksum(string digits) =>
        digits.AsSpan().IndexOfAnyExcept('0') >= 0 && (digits.Length == 10 ? Checks(digits, 9) : Checks(digits, 10) && Checks(digits, 11));

    /// <summary>Σ weight·digit, mod 11, mod 10, is the digit at the place.</summary>
    private static bool Checks(string digits, int place)
    {
        var sum = 0;
        for (var i = 0; i < place; i++)
            sum += Weights[Weights.Length - place + i] * (digits[i] - '0');
        return sum % 11 % 10 == digits[place] - '0';
    }
}
