using System.Text.RegularExpressions;

namespace Support.Simulation.Models;

/// <summary>What a prompt quotes: blocks between "&lt;&lt;name number" and "number name>>", as a model sees them.</summary>
internal sealed partial class QuotedPrompt
{
    private readonly List<(string Name, string Text)> _blocks = [];

    public QuotedPrompt(ModelRequest request)
    {
        foreach (Match match in Block().Matches(request.Asked))
            _blocks.Add((match.Groups["name"].Value, match.Groups["text"].Value));
    }

    public string Question => TextOf("question");

    /// <summary>Of the block of this name; empty when there is none.</summary>
    public string TextOf(string name) => _blocks.Find(block => block.Name == name).Text ?? "";

    /// <summary>Blocks whose name begins so.</summary>
    public IEnumerable<(string Name, string Text)> Named(string beginning) => _blocks.Where(block => block.Name.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>By number, as in "[2] Title".</summary>
    public IReadOnlyDictionary<int, string> Passages()
    {
        var passages = new Dictionary<int, string>();
        var number = 0;
        foreach (var line in TextOf("passages").Split('\n'))
        {
            var text = line;
            if (Numbered().Match(line) is { Success: true } match)
            {
                number = int.Parse(match.Groups["number"].Value);
                text = line[match.Length..];
            }
            if (number > 0)
                passages[number] = passages.TryGetValue(number, out var before) ? before + "\n" + text : text;
        }
        return passages;
    }

    [GeneratedRegex(@"<<(?<name>[^\n]*?) (?<nonce>[0-9a-f]{16})\n(?<text>.*?)\n\k<nonce> \k<name>>>", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\[(?<number>[0-9]{1,2})\] ")]
    private static partial Regex Numbered();
}
