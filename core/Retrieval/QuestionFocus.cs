using Support.Text;

namespace Support.Retrieval;

/// <summary>
/// Finds the question in a long message: people introduce themselves, tell what they tried, and thank. Words of sentences that do not ask count
/// for less than those of sentences that do.
/// </summary>
internal static class QuestionFocus
{
    /// <summary>A message up to this many words is taken whole: there is little to lose in it.</summary>
    public const int ShortWords = 25;

    // "What should I do?" asks, but what it is about was said before.
    private const int TellingWords = 3;
    private const double BesideTelling = .25;
    private const double BesideVague = .6;

    /// <param name="message">As it was written.</param>
    /// <param name="tokens">After repair, which keeps their number except where it read the whole in another layout.</param>
    /// <returns>For each token how much its word counts, 1 or less; null when all count the same.</returns>
    public static double[]? Of(string message, IReadOnlyList<string> tokens)
    {
        if (tokens.Count <= ShortWords)
            return null;
        var sentences = SentencesOf(message);
        if (sentences.Count < 2 || sentences[^1].End != tokens.Count)
            return null;
        var asking = sentences.FindAll(sentence => sentence.Asks || QuestionForms.BeginsAsQuestion(tokens, sentence.Start));
        if (asking.Count == 0 || asking.Count == sentences.Count)
            return null;
        var telling = asking.Sum(sentence => Enumerable.Range(sentence.Start, sentence.End - sentence.Start).Count(i => IsTelling(tokens[i])));
        var focus = new double[tokens.Count];
        Array.Fill(focus, telling >= TellingWords ? BesideTelling : BesideVague);
        foreach (var sentence in asking)
            focus.AsSpan(sentence.Start, sentence.End - sentence.Start).Fill(1);
        return focus;
    }

    private static bool IsTelling(string word) => !WordLists.Function.Contains(word) && !WordLists.Helper.Contains(word);

    /// <summary>Sentences and lines as runs of tokens, with whether a question mark ends them.</summary>
    private static List<Sentence> SentencesOf(string message)
    {
        var folded = Folding.Fold(message);
        var sentences = new List<Sentence>();
        int position = 0, ended = 0, start = 0, count = 0;
        while (Tokenizer.Next(folded, ref position, out var at, out _))
        {
            var between = folded.AsSpan(ended, at - ended);
            if (count > start && Sentence.EndsIn(between))
            {
                sentences.Add(new Sentence(start, count, between.Contains('?')));
                start = count;
            }
            count++;
            ended = position;
        }
        if (count > start)
            sentences.Add(new Sentence(start, count, folded.AsSpan(ended).Contains('?')));
        return sentences;
    }
}

/// <param name="Start">Its first token.</param>
/// <param name="End">The token after its last.</param>
internal readonly record struct Sentence(int Start, int End, bool Asks)
{
    /// <summary>Whether a sentence or a line ends in what stands between two words: not in "3.5" or "site.com".</summary>
    public static bool EndsIn(ReadOnlySpan<char> between)
    {
        for (var i = 0; i < between.Length; i++)
            if (between[i] == '\n' || between[i] is '.' or '!' or '?' && i + 1 < between.Length && (char.IsWhiteSpace(between[i + 1]) || between[i + 1] is '.' or '!' or '?'))
                return true;
        return false;
    }
}
