using Microsoft.Extensions.Configuration;

namespace Support.OpenAi.Settings;

internal static class ModelsReader
{
    /// <summary>An empty variable means the same as none: compose files leave many.</summary>
    public static IConfiguration Given(IConfiguration configuration)
    {
        var section = configuration.GetSection(ModelsOptions.Section);
        var given = section.AsEnumerable(makePathsRelative: true)
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Value))
            .Select(pair => KeyValuePair.Create($"{ModelsOptions.Section}:{pair.Key}", (string?)pair.Value!.Trim()));
        // Under their whole names, which is how an unreadable one is told.
        return new ConfigurationBuilder().AddInMemoryCollection(given).Build().GetSection(ModelsOptions.Section);
    }
}
