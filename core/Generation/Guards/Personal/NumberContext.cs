using System.Text.RegularExpressions;

namespace Support.Generation.Guards;

/// <summary>What the words before a number say that it is.</summary>
internal static class NumberContext
{
    /// <summary>Characters before a number in which its name is looked for.</summary>
    private const int Reach = 40;

    private static readonly Regex Order = new(
        @"(заказ|накладн|трек|отправлени|артикул|обращени|тикет|заявк|счет|счёт|договор|order|tracking|parcel|ticket|invoice|case|sku)[\p{L}]*[ №#:nомер.a-z]{0,20}$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static bool IsOrder(string seen, int start) => Order.IsMatch(Before(seen, start, Reach));

    public static bool Names(string seen, int start, int reach, params ReadOnlySpan<string> names)
    {
        var before = Before(seen, start, reach);
        foreach (var name in names)
            if (before.Contains(name, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    private static string Before(string seen, int start, int reach) => seen[Math.Max(0, start - reach)..start];
}
