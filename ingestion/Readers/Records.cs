using System.Text.RegularExpressions;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>Collects the records of one file, and remarks on those that had to be left out.</summary>
internal sealed partial class Records(SourceFile file, List<string> skipped)
{
    private readonly List<ReadDocument> _documents = [];
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    public bool Full => _documents.Count >= file.Limits.Records;

    public void Skip(string place, string reason) => skipped.Add($"{place}: {reason}");

    /// <param name="place">"line 17", "row 4": where a remark sends the editor.</param>
    public void Add(string place, IReadOnlyDictionary<RecordField, string> fields)
    {
        var question = Field(RecordField.Question);
        var title = Field(RecordField.Title);
        var answer = Field(RecordField.Answer) ?? (question is null ? null : Field(RecordField.Text));
        var text = Field(RecordField.Text);
        if (question is null && title is not null && answer is not null && text is null)
            question = title;

        if (question is null && (text ?? answer) is null)
            Skip(place, title is null ? "no text" : $"no text under the title \"{Short(title)}\"");
        else if (question is not null && answer is null)
            Skip(place, $"no answer to \"{Short(question)}\"");
        else if (NewKey(place, Field(RecordField.Id), question ?? title, answer ?? text!) is { } key && Blocks(place, question, answer ?? text!) is { } blocks)
            _documents.Add(new ReadDocument(key, title ?? question ?? file.Title, Links.Absolute(Field(RecordField.Link)), blocks));

        string? Field(RecordField field) => fields.TryGetValue(field, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Replace("\0", "", StringComparison.Ordinal).Trim() : null;
    }

    public Reading Reading() => _documents.Count > 0
        ? new Reading.Complete(_documents, skipped)
        : new Reading.Refused($"{file.Name} has no record that can be read: {string.Join("; ", skipped.Take(3))}");

    // Without an id the question tells a record from the others, and still does when rows move.
    private string? NewKey(string place, string? id, string? title, string text)
    {
        var key = id ?? title ?? text[..Math.Min(text.Length, 80)];
        if (_places.TryAdd(key, place))
            return key;
        Skip(place, id is not null ? $"the id \"{Short(id)}\" is that of {_places[key]}" : $"\"{Short(key)}\" is already in {_places[key]}; give the rows different ids to keep both");
        return null;
    }

    private IReadOnlyList<Block>? Blocks(string place, string? question, string text)
    {
        if (MarkdownGuard.Objection(text, file.Limits.Depth) is { } objection)
        {
            Skip(place, $"its text {objection}");
            return null;
        }
        var blocks = Html().IsMatch(text) && text.EndsWith('>')
            ? HtmlReader.Fragment(text, LineBreaks.AreSpaces)
            : MarkdownReader.Blocks(text, LineBreaks.AreKept);
        return question is null ? blocks : [new Block.QuestionAndAnswer(question, BlockText.Render(blocks))];
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..59] + "…";

    [GeneratedRegex(@"\A<(?:p|div|ul|ol|table|h[1-6]|section|article|blockquote|pre)\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Html();
}
