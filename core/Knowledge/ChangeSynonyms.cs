using Support.Retrieval;
using Support.Text;

namespace Support.Knowledge;

/// <summary>What comes of a tenant's lines by what somebody writes after /synonyms. All of it or nothing.</summary>
public abstract record ChangeSynonyms
{
    private ChangeSynonyms() { }

    /// <summary>Each is read and merged at every change of the documents, and looked through by people.</summary>
    public const int MostLines = 100;

    /// <summary>Of one line. A question with one of its words looks for all of them.</summary>
    public const int MostWords = 12;

    public sealed record Changed(SynonymLines Lines) : ChangeSynonyms;

    /// <param name="Problem">The text that says what was wrong, a key of Texts/*.json that takes the values.</param>
    public sealed record Refused(string Problem, params object[] Values) : ChangeSynonyms;

    /// <param name="text">"рассрочка = частями = долями", a name alone ("Долями"), several such lines, or "- рассрочка".</param>
    public static ChangeSynonyms Of(SynonymLines before, string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length > 0 && trimmed[0] is '-' or '–' or '—' ? Remove(before, trimmed[1..].Trim()) : Add(before, trimmed);
    }

    private static ChangeSynonyms Remove(SynonymLines before, string text)
    {
        if (Tokenizer.Tokens(text) is not [var word])
            return new Refused("synonyms.bad.removal", text);
        var after = before.Without(word);
        return ReferenceEquals(after, before) ? new Refused("synonyms.bad.unknown", text) : new Changed(after);
    }

    private static ChangeSynonyms Add(SynonymLines before, string text)
    {
        var after = before;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (words, refused) = ReadLine(line);
            if (refused is not null)
                return refused;
            after = after.With(words);
        }
        if (ReferenceEquals(after, before))
            return new Refused("synonyms.bad.known", text);
        if (after.Lines.FirstOrDefault(line => line.Count > MostWords) is { } tooLong)
            return new Refused("synonyms.bad.long", string.Join(" = ", tooLong), tooLong.Count, MostWords);
        return after.Lines.Count > MostLines ? new Refused("synonyms.bad.many", after.Lines.Count, MostLines) : new Changed(after);
    }

    private static (List<string> Words, Refused? Refused) ReadLine(string line)
    {
        var words = new List<string>();
        foreach (var part in line.Split('=', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Flaw(Tokenizer.Tokens(part)) is { } problem)
                return ([], new Refused(problem, part));
            words.Add(Tokenizer.Tokens(part)[0]);
        }
        // A name alone says nothing of other words; a line with an = does, or should.
        var isName = words.Count == 1 && !line.Contains('=');
        return isName || words.DistinctBy(Stemmer.Stem).Count() > 1 ? (words, null) : ([], new Refused("synonyms.bad.single", line));
    }

    private static string? Flaw(List<string> tokens) => tokens switch
    {
        [] => "synonyms.bad.word",
        [_, _, ..] => "synonyms.bad.phrase",
        [{ Length: > QuestionRepair.MostLetters }] => "synonyms.bad.word",
        [var word] when WordLists.Function.Contains(word) || WordLists.Helper.Contains(word) => "synonyms.bad.common",
        _ => null,
    };
}
