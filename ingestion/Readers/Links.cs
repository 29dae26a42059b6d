namespace Support.Ingestion.Readers;

/// <summary>Which links a citation may show.</summary>
internal static class Links
{
    /// <returns>The address if a person can open it in a browser, otherwise null: a citation with a dead or dangerous link is worse than none.</returns>
    public static string? Absolute(string? link) =>
        link is { Length: < 2_000 } && Uri.TryCreate(link.Trim(), UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") ? uri.AbsoluteUri : null;
}
