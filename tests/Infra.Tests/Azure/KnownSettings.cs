using System.Reflection;
using System.Text.RegularExpressions;
using Support.Settings;
using Support.Tenants;

namespace Support.Tests.Azure;

/// <summary>Every setting that the code reads, found in the code: options classes that are registered, names that are spelled out, and aliases.</summary>
internal static partial class KnownSettings
{
    private static readonly string[] Projects = ["core", "adapters", "functions", "ingestion", "server"];
    private static readonly Lazy<IReadOnlySet<string>> Found = new(Find);

    /// <summary>As environment variables; entries of lists with 0 in the place of their number.</summary>
    public static IReadOnlySet<string> All => Found.Value;

    /// <summary>Names from other bots. SettingAliases itself tells them: it asks for each.</summary>
    public static IReadOnlyList<string> Aliases()
    {
        var asked = new SortedSet<string>(StringComparer.Ordinal);
        SettingAliases.Read(name =>
        {
            asked.Add(name);
            return name == "DB_HOST" ? "localhost" : null;
        });
        return [.. asked];
    }

    public static string Normal(string name) => Numbers().Replace(name, "__0");

    private static HashSet<string> Find()
    {
        var sources = string.Join('\n', Projects.SelectMany(project => Repository.Files(project, "*.cs")).Select(Repository.Read));
        var all = new HashSet<string>(StringComparer.Ordinal);
        var sections = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in Registered().Matches(sources).Select(match => match.Groups[1].Value).Distinct())
        {
            // What has neither is no section of settings (a list of them, or another library's).
            if (TypeOf(name) is not { } type || (type.GetField("Section") is null && !name.EndsWith("Options", StringComparison.Ordinal)))
                continue;
            var section = SectionOf(type);
            sections.Add(section);
            all.UnionWith(Names(type, section));
        }
        foreach (var name in Listed().Matches(sources).Select(match => match.Groups[1].Value).Distinct())
        {
            var type = TypeOf(name) ?? throw new InvalidOperationException($"{name} is not found.");
            var section = (type == typeof(TenantOptions) ? "Support__Tenants" : SectionOf(type)) + "__0";
            sections.Add(section[..^"__0".Length]);
            all.UnionWith(Names(type, section));
        }
        foreach (var spelled in Spelled().Matches(sources).Select(match => match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal)))
        {
            // The beginning of a name that is put together.
            if (spelled.EndsWith("__", StringComparison.Ordinal))
                continue;
            if (!sections.Contains(spelled) && !all.Contains(spelled + "__0"))
                all.Add(spelled);
        }
        all.UnionWith(Relative().Matches(sources).Select(match => "Support__" + match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal)));
        return all;
    }

    private static Type? TypeOf(string name) =>
        Projects.Select(project => Assembly.Load($"Support.{char.ToUpperInvariant(project[0])}{project[1..]}"))
            .SelectMany(assembly => assembly.GetTypes())
            .SingleOrDefault(type => type.Name == name);

    private static string SectionOf(Type type)
    {
        var section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string ?? type.Name.Replace("Options", "", StringComparison.Ordinal);
        return "Support__" + section.Replace("Support:", "", StringComparison.Ordinal).Replace(":", "__", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(Type type, string section) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)
            .SelectMany(property => NamesOf(property.PropertyType, $"{section}__{property.Name}"));

    /// <summary>Options within options are settings of their own.</summary>
    private static IEnumerable<string> NamesOf(Type type, string name) =>
        type != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(type) ? NamesOf(type.GetGenericArguments().FirstOrDefault() ?? typeof(string), name + "__0")
        : type.Name.EndsWith("Options", StringComparison.Ordinal) ? Names(type, name)
        : [name];

    [GeneratedRegex(@"\bList<(\w+Options)>")]
    private static partial Regex Listed();

    [GeneratedRegex(@"AddOptions<(\w+)>\(\)")]
    private static partial Regex Registered();

    [GeneratedRegex(@"""(Support(?::|__)\w+(?:(?::|__)\w+)*)""")]
    private static partial Regex Spelled();

    [GeneratedRegex(@"\bsettings\[""(\w+:\w+)""\]")]
    private static partial Regex Relative();

    [GeneratedRegex(@"__[0-9]+(?=__|$)")]
    private static partial Regex Numbers();
}
