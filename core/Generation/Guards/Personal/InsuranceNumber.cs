namespace Support.Generation.Guards;

/// <summary>SNILS, the Russian insurance number: nine digits and a checksum of two. In one piece it needs its name before it, because phones have eleven digits too.</summary>
internal static class InsuranceNumber
{
    private const int Length = 11;

    public static IEnumerable<FoundData> Find(string seen)
    {
        foreach (var run in DigitRun.In(seen))
            foreach (var row in run.Rows(seen, Length, Length))
                if (HasChecksum(row.Digits) && (row.Groups is 4 && IsGrouped(seen, row) || NumberContext.Names(seen, row.Start, 40, "снилс", "snils", "страховой номер")))
                    yield return new FoundData(PersonalDataKind.Snils, row.Start, row.Length, row.Digits);
    }

    /// <summary>Σ digit·(9…1), mod 101, where 100 counts as 0.</summary>
    public static bool HasChecksum(string digits)
    {
        var sum = 0;
        for (var i = 0; i < 9; i++)
            sum += (digits[i] - '0') * (9 - i);
        return sum % 101 % 100 == (digits[9] - '0') * 10 + digits[10] - '0' && digits.AsSpan(0, 9).IndexOfAnyExcept('0') >= 0;
    }

    /// <summary>"112-233-445 95".</summary>
    private static bool IsGrouped(string seen, DigitRow row) =>
        row.Length == 14 && !char.IsAsciiDigit(seen[row.Start + 3]) && !char.IsAsciiDigit(seen[row.Start + 7]) && !char.IsAsciiDigit(seen[row.Start + 11]);
}
