namespace Support.Generation.Grounding;

/// <summary>A sentence may join what neighbouring statements say, but each of its parts must stand in one of them: else it joins one's subject with the other's number.</summary>
internal static class StatementParts
{
    private static readonly HashSet<string> Joins = GroundingData.List("joins");

    public static bool StandInOneStatementEach(ReadText sentence, WordMatch match)
    {
        var parts = PartsOf(sentence);
        return match.Matches.GroupBy(one => parts[one.Word.Position]).All(part =>
        {
            var lines = part.Where(one => one.Found.Count > 0).Select(one => one.Found.Select(found => found.Line).ToHashSet()).ToList();
            return lines.Count == 0 || lines[0].Any(line => lines.TrueForAll(others => others.Contains(line)));
        });
    }

    /// <summary>The part of each word: clauses, and what "and" joins.</summary>
    private static Dictionary<int, int> PartsOf(ReadText sentence)
    {
        var parts = new Dictionary<int, int>();
        var part = 0;
        var clause = 0;
        foreach (var word in sentence.Words)
        {
            part += word.Clause != clause || Joins.Contains(word.Text) ? 1 : 0;
            clause = word.Clause;
            parts[word.Position] = part;
        }
        return parts;
    }
}
