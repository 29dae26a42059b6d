using System.Text.RegularExpressions;
using Support.Retrieval;
using Support.Text;

namespace Support.Knowledge;

/// <summary>A question that a knowledge base itself suggests, and the chunk it was made from.</summary>
public sealed record SuggestedQuestion(string Question, IndexedChunk Chunk);

/// <summary>
/// Questions made from chunks, readable for a person: a title that asks is taken as it is; to any other heading the few words of one
/// sentence are put that say most. They show what can be asked where nobody has asked yet. They never tell how often answers are right:
/// whoever asks from the text finds the text.
/// </summary>
public static partial class SuggestQuestions
{
    // Shorter says too little, longer is the sentence itself.
    private const int FewestWords = 2;
    private const int MostWords = 6;

    // A heading that is a paragraph by length would be the whole message.
    private const int LongestQuestion = 160;

    /// <returns>At most one for each chunk, in the order of the chunks, none twice.</returns>
    public static IReadOnlyList<SuggestedQuestion> Of(IReadOnlyList<IndexedChunk> chunks)
    {
        var frequency = Frequencies(chunks);
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var suggested = new List<SuggestedQuestion>();
        foreach (var chunk in chunks)
            if (Of(chunk, stem => Rarity(frequency, chunks.Count, stem)) is { } question && known.Add(question))
                suggested.Add(new SuggestedQuestion(question, chunk));
        return suggested;
    }

    private static string? Of(IndexedChunk chunk, Func<string, double> rarity)
    {
        var heading = ChunkDraft.LastHeading(chunk.Title).Trim();
        if (heading.Length > LongestQuestion)
            return null;
        if (QuestionForms.IsQuestion(heading))
            return heading.EndsWith('?') ? heading : heading.TrimEnd('.', '!', ':') + "?";
        // The title of an entry of a FAQ is what is asked, even if it does not sound so ("I was charged twice").
        if (heading.Length > 0 && IsEntry(chunk))
            return heading;
        var words = SalientWords(chunk.Text, StemsOf(heading), rarity);
        if (words is null)
            return null;
        var question = heading.Length == 0 ? Capital(words) + "?" : $"{heading.TrimEnd('.', '!', ':')}: {words}?";
        return question.Length > LongestQuestion ? null : question;
    }

    private static bool IsEntry(IndexedChunk chunk) =>
        chunk.Title != chunk.Source && !chunk.Title.StartsWith(chunk.Source + ChunkDraft.BetweenHeadings, StringComparison.Ordinal);

    /// <summary>
    /// A run of words of one sentence, as they stand there, because words picked singly do not agree with each other. It begins and ends with
    /// a content word and crosses no punctuation; of all such runs, the one whose words are rarest on average, those of the heading worth nothing.
    /// </summary>
    private static string? SalientWords(string text, HashSet<string> said, Func<string, double> rarity)
    {
        string? best = null;
        var most = 0.0;
        foreach (var sentence in Sentences.Split(text))
        {
            foreach (var part in Clause().EnumerateMatches(text.AsSpan(sentence)))
            {
                var clause = text[sentence].Substring(part.Index, part.Length);
                var words = Word().Matches(clause).Select(match => new Standing(match.Index, match.Length, Worth(match.Value, said, rarity))).ToList();
                // After a mark of a list as well a sentence begins.
                var begins = !text[sentence][..part.Index].Any(char.IsLetterOrDigit);
                Consider(clause, words, begins, ref best, ref most);
            }
        }
        return best;
    }

    private static void Consider(string clause, List<Standing> words, bool begins, ref string? best, ref double most)
    {
        for (var from = 0; from < words.Count; from++)
        {
            var sum = 0.0;
            for (var to = from; to < words.Count && to - from < MostWords && words[from].Worth > 0; to++)
            {
                sum += words[to].Worth;
                // By the root, so that a longer run must bring more than filling.
                var score = sum / Math.Sqrt(to - from + 1);
                if (to - from + 1 < FewestWords || words[to].Worth <= 0 || score <= most)
                    continue;
                most = score;
                var run = clause[words[from].At..(words[to].At + words[to].Length)];
                best = begins && from == 0 ? Uncapital(run) : run;
            }
        }
    }

    /// <summary>Nothing for grammar, for figures and for what the heading has said.</summary>
    private static double Worth(string word, HashSet<string> said, Func<string, double> rarity)
    {
        var folded = Folding.Fold(word);
        if (folded.Length < 3 || char.IsAsciiDigit(folded[0]) || WordLists.Function.Contains(folded) || WordLists.Helper.Contains(folded))
            return 0;
        var stem = Stemmer.Stem(folded);
        return said.Contains(stem) ? 0 : rarity(stem);
    }

    private static double Rarity(Dictionary<string, int> frequency, int chunks, string stem) =>
        Bm25F.Idf(chunks, frequency.GetValueOrDefault(stem));

    private static Dictionary<string, int> Frequencies(IReadOnlyList<IndexedChunk> chunks)
    {
        var frequency = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var chunk in chunks)
            foreach (var stem in StemsOf(chunk.Text))
                frequency[stem] = frequency.GetValueOrDefault(stem) + 1;
        return frequency;
    }

    private static HashSet<string> StemsOf(string text) => Tokenizer.Tokens(text).Select(Stemmer.Stem).ToHashSet(StringComparer.Ordinal);

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>What began a sentence stands inside of one now; an abbreviation stays one.</summary>
    private static string Uncapital(string words) => words.Length > 1 && char.IsLower(words[1]) ? char.ToLowerInvariant(words[0]) + words[1..] : words;

    private readonly record struct Standing(int At, int Length, double Worth);

    [GeneratedRegex(@"[^,;:.@/()\[\]«»""“”|→•*]+")]
    private static partial Regex Clause();

    [GeneratedRegex(@"[\w][\w\-’']*")]
    private static partial Regex Word();
}
