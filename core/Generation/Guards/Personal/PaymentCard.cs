namespace Support.Generation.Guards;

/// <summary>Payment cards by length, first digit and Luhn's check digit (ISO/IEC 7812).</summary>
internal static class PaymentCard
{
    private const int Shortest = 13;
    private const int Longest = 19;

    public static IEnumerable<FoundData> Find(string seen)
    {
        var end = 0;
        foreach (var run in DigitRun.In(seen))
            foreach (var row in run.Rows(seen, Shortest, Longest))
                if (row.Start >= end && row.Digits[0] is >= '2' and <= '6' && HasLuhn(row.Digits))
                {
                    end = row.End;
                    yield return new FoundData(PersonalDataKind.Card, row.Start, row.Length, row.Digits);
                }
    }

    public static bool HasLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10 == 0;
    }
}
