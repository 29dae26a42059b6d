using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Support.Ingestion.Readers;

/// <summary>The YAML between two lines of "---" at the top of a Markdown file: a title and a link, if it has them.</summary>
internal sealed partial record FrontMatter(string? Title, string? Link, string Body)
{
    public static FrontMatter Of(string text)
    {
        var match = Fences().Match(text);
        if (!match.Success)
            return new FrontMatter(null, null, text);
        var fields = Scalars(match.Groups["yaml"].Value);
        // Two rulers with prose between them are no front matter.
        return fields is null
            ? new FrontMatter(null, null, text)
            : new FrontMatter(Field("title"), Links.Absolute(Field("link") ?? Field("url") ?? Field("canonical_url")), text[match.Length..]);

        string? Field(string name) => fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }

    // Parsed as events, not objects: tags, anchors and nested values are passed over and build nothing.
    private static Dictionary<string, string>? Scalars(string yaml)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                return fields;
            parser.Consume<DocumentStart>();
            if (!parser.TryConsume<MappingStart>(out _))
                return null;
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>().Value;
                if (parser.TryConsume<Scalar>(out var value))
                    fields[key] = value.Value;
                else
                    parser.SkipThisAndNestedEvents();
            }
            return fields;
        }
        catch (YamlException)
        {
            // Badly written, but front matter all the same if it looks like "key: value".
            return yaml.Contains(':', StringComparison.Ordinal) ? fields : null;
        }
    }

    [GeneratedRegex(@"\A---[ \t]*\r?\n(?<yaml>(?:[^\r\n]*\r?\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\z)", RegexOptions.CultureInvariant, 2_000)]
    private static partial Regex Fences();
}
