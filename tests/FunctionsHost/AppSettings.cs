using System.Text.RegularExpressions;

namespace Support.FunctionsHost;

/// <summary>The app's settings: the environment of this process under what the options give.</summary>
internal sealed partial class AppSettings(IReadOnlyDictionary<string, string?> given)
{
    public string? Find(string name)
    {
        if (given.TryGetValue(name, out var value))
            return value;
        return Environment.GetEnvironmentVariable(name);
    }

    /// <summary>A binding's connection is the name of a setting, with or without the prefix AzureWebJobs.</summary>
    /// <exception cref="FunctionsHostException">No such setting.</exception>
    public string Connection(string function, string name) =>
        Find(name) ?? Find("AzureWebJobs" + name) ?? throw new FunctionsHostException($"Function {function}: the setting {name}, which its binding names as \"connection\", is not there. Set it to the storage account's connection string.");

    /// <summary>Replaces %NAME% by that setting, as the host does in queue names and schedules.</summary>
    /// <exception cref="FunctionsHostException">No such setting.</exception>
    public string Resolve(string where, string text) =>
        Reference().Replace(text, match => Find(match.Groups[1].Value) ?? throw new FunctionsHostException($"{where}: '{text}' names the setting {match.Groups[1].Value}, which is not there. Set it."));

    /// <summary>The environment that the handler starts with.</summary>
    public void ApplyTo(IDictionary<string, string?> environment)
    {
        foreach (var (name, value) in given)
        {
            if (value is null)
                environment.Remove(name);
            else
                environment[name] = value;
        }
    }

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Reference();
}
