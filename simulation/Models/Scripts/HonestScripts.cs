namespace Support.Simulation.Models;

/// <summary>Scripts that do a chat task sensibly without any model. Each is known by the name of its json_schema; what has none gets a reply that claims nothing.</summary>
public static class HonestScripts
{
    /// <summary>A new book with all of them.</summary>
    public static ScriptBook NewBook() => new();
}
