namespace Support.Server.Supervisor;

/// <summary>The settings of a desk whose models are the scripted ones, for every use of them.</summary>
internal static class ScriptedModelSettings
{
    private const string Chat = "scripted";

    // Uses that take a model by their own name only.
    private static readonly string[] NamedOnly = ["Questions", "Embedding", "Transcription", "Picture"];

    /// <param name="server">What stands before /v1.</param>
    /// <param name="set">Names of the variables that the user has set. Those of models are for real ones, which cost money; an empty one is as none.</param>
    public static IReadOnlyDictionary<string, string> For(Uri server, IEnumerable<string> set)
    {
        var settings = set.Where(name => name.StartsWith("Support__Models__", StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(name => name, _ => "", StringComparer.OrdinalIgnoreCase);
        settings["Support__Models__Endpoint"] = new Uri(server, "/v1").AbsoluteUri;
        // A real key must not go here.
        settings["Support__Models__Key"] = "scripted";
        settings["Support__Models__Kind"] = "Compatible";
        settings["Support__Models__Model"] = Chat;
        settings["Support__Models__Rerank__Model"] = Chat;
        foreach (var use in NamedOnly)
            settings[$"Support__Models__{use}__Model"] = $"{Chat}-{use.ToLowerInvariant()}";
        return settings;
    }
}
