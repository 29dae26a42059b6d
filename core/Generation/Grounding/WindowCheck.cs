using Support.Text;

namespace Support.Generation.Grounding;

/// <summary>Whether one window of a passage says what a sentence says, and what speaks against it.</summary>
internal sealed class WindowCheck
{
    private static readonly HashSet<string> Only = GroundingData.List("only");
    private static readonly HashSet<string> All = GroundingData.List("all");
    private static readonly HashSet<string> Obligation = GroundingData.List("obligation");
    private static readonly HashSet<string> Relations = GroundingData.List("relations");
    private static readonly HashSet<string> We = GroundingData.List("we");
    private static readonly HashSet<string> You = GroundingData.List("you");
    private static readonly HashSet<string> Light = GroundingData.List("light");
    private static readonly ILookup<string, string> Opposites = GroundingData.Opposites();

    private const double MostlyTaken = .5;

    private readonly ReadText _sentence;
    private readonly Window _window;
    private readonly WordMatch _match;

    public WindowCheck(ReadText sentence, Window window, Thesaurus thesaurus)
    {
        _sentence = sentence;
        _window = window;
        _match = WordMatch.Of(sentence, window, thesaurus);
        Coverage = _match.Coverage;
        Missing = _match.Matches.Where(match => match.Weight == 0 && !Light.Contains(match.Word.Text)).Select(match => match.Word).ToList();
    }

    public Window Window => _window;

    public double Coverage { get; }

    /// <summary>Content words for which nothing stands in the window.</summary>
    public IReadOnlyList<Word> Missing { get; }

    /// <summary>Numbers with the same unit and the same bound.</summary>
    public bool HasNumbers => _sentence.Numbers.All(number => _window.Read.Numbers.Any(other => number.Equals(other, strictly: true)));

    public bool IsOpposite => _sentence.Content.Any(word => Missing.Contains(word) && Opposites[word.Stem].Any(opposite => _window.Read.Words.Any(other => other.Stem == opposite)));

    /// <summary>One of both denies a word that stands in both, or answers no where the other answers yes.</summary>
    public bool IsNegated =>
        _match.Matches.Any(match => match.Found.Count > 0 && match.Found.All(found => found.IsNegated != match.Word.IsNegated)) || LeadingAnswers.Differ(_sentence, _window.Read);

    /// <summary>The first thing that speaks against it; none when the window says it.</summary>
    public SupportReason Against()
    {
        if (Missing.Count > 0)
            return Missing.Any(word => word.IsName) ? SupportReason.Name : SupportReason.Words;
        var isVerbatim = Verbatim.StandsIn(_sentence, _window.Read);
        if (!HasNumbers || !isVerbatim && !NumbersStandTogether.In(_sentence, _window.Read, _match))
            return SupportReason.Number;
        if (!isVerbatim && (IsNegated || NegationsDiffer()))
            return SupportReason.Negation;
        if (!isVerbatim && (Persons.Differ(_match) || Differ(We, You) || Differ(You, We)))
            return SupportReason.Opposite;
        if (Added(Only) || Added(All) || Added(Obligation) || AddedRelation() || DroppedConditions.Any(_sentence, _window.Read, _match))
            return SupportReason.Condition;
        return isVerbatim || StatementParts.StandInOneStatementEach(_sentence, _match) && WordOrder.IsKept(_sentence, _window.Read, _match) ? SupportReason.None : SupportReason.Order;
    }

    /// <summary>The clauses that the sentence mostly takes deny as often as it does.</summary>
    private bool NegationsDiffer()
    {
        var found = _match.Matches.SelectMany(match => match.Found).ToHashSet();
        var stated = _window.Read.NegatedClauses.Count(clause =>
            _window.Read.Words.Where(word => word.Clause == clause && word.IsContent).ToList() is var content && content.Count(found.Contains) > MostlyTaken * content.Count);
        return stated != _sentence.Negations;
    }

    private bool Added(HashSet<string> list) => _sentence.HasAny(list) && !_window.Read.HasAny(list);

    private bool AddedRelation() => _sentence.Words.Any(word => Relations.Contains(word.Text) && !_window.Read.Words.Any(other => other.Text == word.Text));

    private bool Differ(HashSet<string> ours, HashSet<string> theirs) => _sentence.HasAny(ours) && !_window.Read.HasAny(ours) && _window.Read.HasAny(theirs) && !_sentence.HasAny(theirs);
}
