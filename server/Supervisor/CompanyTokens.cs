using System.Text.RegularExpressions;

namespace Support.Server.Supervisor;

/// <summary>Real bots of several companies: <c>Support__Tenants__0__Tokens__0</c> and so on. The desk reads them; <c>up</c> must only know that Telegram is not to be simulated.</summary>
internal static partial class CompanyTokens
{
    public static bool AreSet() =>
        Environment.GetEnvironmentVariables().Keys.Cast<string>().Any(name => Name().IsMatch(name) && EnvironmentSetting.Read(name) is not null);

    // Settings are read without regard to case.
    [GeneratedRegex("^Support__Tenants__.+__Tokens__.+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
