using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Support.Knowledge;

/// <summary>A document that lives at an address: Support__Sources__0__Url and so on.</summary>
public sealed class SourceOptions
{
    public const string Section = "Sources";

    /// <summary>https://…; http:// only for this machine's own addresses, or with <see cref="AllowHttp"/>. Redirects lead to no private address.</summary>
    public string Url { get; set; } = "";

    /// <summary>The document's name, with the ending of its kind: "prices.csv". At most 400 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>customers or staff.</summary>
    public string Audience { get; set; } = "customers";

    /// <summary>Whose document it is, by the company's name; the only or default company if empty.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>How often to look whether it has changed. Oftener costs the other side requests; seldomer answers from what is old. A minute to 30 days.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Also over http://, where anybody on the way can change the document.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Its host is one of your own network. Without this a name that stands for a private address is refused.</summary>
    public bool AllowPrivate { get; set; }

    internal Audience Readers => string.Equals(Audience, "staff", StringComparison.OrdinalIgnoreCase) ? Knowledge.Audience.Staff : Knowledge.Audience.Customers;
}

/// <summary>All of them.</summary>
public sealed class SourceList
{
    public List<SourceOptions> Sources { get; } = [];

    internal static void Read(IConfiguration settings, SourceList list) => settings.GetSection(SourceOptions.Section).Bind(list.Sources);
}

internal sealed class SourceListCheck : IValidateOptions<SourceList>
{
    private static readonly TimeSpan Oftenest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Seldomest = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, SourceList options)
    {
        var problems = options.Sources.SelectMany((source, index) => ProblemsOf(source, $"Support__Sources__{index}__")).ToList();
        foreach (var same in options.Sources.GroupBy(s => (s.Tenant, s.Name)).Where(g => g.Key.Name.Length > 0 && g.Count() > 1))
            problems.Add($"Support__Sources__…__Name is \"{same.Key.Name}\" {same.Count()} times for one company. Give each source a name of its own.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    // An address may hold a key, so it is not repeated.
    private static IEnumerable<string> ProblemsOf(SourceOptions source, string setting)
    {
        if (!Uri.TryCreate(source.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            yield return $"{setting}Url is no https address. Give one like https://example.com/prices.csv.";
        else if (url.UserInfo.Length > 0)
            yield return $"{setting}Url holds a name or password, which is not supported. Give an address that needs none.";
        else if (url.Scheme == "http" && !url.IsLoopback && !source.AllowHttp)
            yield return $"{setting}Url is an http address, which anybody on the way can change. Use https, or set {setting}AllowHttp=true.";
        if (string.IsNullOrWhiteSpace(source.Name) || source.Name.Length > 400 || source.Name.Any(char.IsControl))
            yield return $"{setting}Name is \"{source.Name}\". Give the document's name, at most 400 characters, as in prices.csv.";
        if (source.Audience.ToLowerInvariant() is not ("customers" or "staff"))
            yield return $"{setting}Audience is \"{source.Audience}\". It is customers or staff.";
        if (source.Every < Oftenest || source.Every > Seldomest)
            yield return $"{setting}Every is {source.Every}. Give 00:01:00 (a minute) to 30.00:00:00 (30 days).";
    }
}
