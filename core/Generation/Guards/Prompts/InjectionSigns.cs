using System.Text.RegularExpressions;
using Support.Knowledge;

namespace Support.Generation.Guards;

/// <summary>
/// Signs that a text speaks to the model instead of to people. They only make the desk cautious: such a question gets no model's answer, such a sentence of a document is not sent to the writer.
/// They are no defence by themselves: what an answer may say is decided by <see cref="AnswerGuard"/>.
/// </summary>
/// <param name="Score">From 0 to 1.</param>
/// <param name="Names">Of the signs that were found, strongest first.</param>
public sealed record InjectionSigns(double Score, IReadOnlyList<string> Names)
{
    /// <summary>From here on a text is taken for an attempt.</summary>
    public const double Attempt = .6;

    // A second sign is worth less than it is alone.
    private const double Further = .4;

    // Longer questions are read to here; attempts stand at the beginning or in so long a text are one.
    private const int Longest = 8_000;

    private static readonly (string Name, double Weight, Regex[] Shapes)[] Signs = Read();

    private static readonly InjectionSigns None = new(0, []);

    public bool IsAttempt => Score >= Attempt;

    public static InjectionSigns Of(string text)
    {
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        var start = text.Length > Longest ? text[..Longest] : text;
        foreach (var view in InjectionViews.Of(start))
            foreach (var (name, weight, shapes) in Signs)
                if (!found.ContainsKey(name) && Array.Exists(shapes, shape => shape.IsMatch(view)))
                    found[name] = weight;
        foreach (var (name, weight) in InjectionViews.Disguises(start))
            found[name] = weight;
        if (found.Count == 0)
            return None;
        var ordered = found.OrderByDescending(sign => sign.Value).ThenBy(sign => sign.Key, StringComparer.Ordinal).ToList();
        var score = 0.0;
        for (var i = 0; i < ordered.Count; i++)
            score += ordered[i].Value * (i == 0 ? 1 : Further);
        return new InjectionSigns(Math.Min(1, score), ordered.ConvertAll(sign => sign.Key));
    }

    /// <summary>
    /// A document's text without what speaks to the model: from the first such sentence of a paragraph to the paragraph's end, because what follows is what it wants said.
    /// </summary>
    public static string WithoutAddressed(string text)
    {
        if (!Of(text).IsAttempt)
            return text;
        var kept = new List<string>();
        foreach (var paragraph in text.Split("\n\n"))
        {
            var end = paragraph.Length;
            foreach (var range in Sentences.Split(paragraph))
                if (Of(paragraph[range]).IsAttempt)
                {
                    end = range.Start.Value;
                    break;
                }
            kept.Add(paragraph[..end].TrimEnd());
        }
        return string.Join("\n\n", kept);
    }

    private static (string Name, double Weight, Regex[] Shapes)[] Read()
    {
        using var json = GuardData.Json("injection-signs.json");
        return [.. json.RootElement.EnumerateArray().Select(sign => (
            sign.GetProperty("name").GetString()!,
            sign.GetProperty("weight").GetDouble(),
            // One automaton for all would be too large.
            sign.GetProperty("patterns").EnumerateArray().Select(pattern => new Regex(pattern.GetString()!, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)).ToArray()))];
    }
}
