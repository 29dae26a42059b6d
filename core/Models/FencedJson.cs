namespace Support.Models;

/// <summary>Small models put JSON between marks of code, whatever they are told.</summary>
public static class FencedJson
{
    private const string Fence = "```";

    /// <summary>What stands between the marks; the text itself where there are none.</summary>
    public static string Inner(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.StartsWith(Fence, StringComparison.Ordinal))
            return trimmed;
        var start = trimmed.IndexOf('\n', StringComparison.Ordinal);
        var end = trimmed.LastIndexOf(Fence, StringComparison.Ordinal);
        return start > 0 && end > start ? trimmed[start..end] : trimmed;
    }
}
