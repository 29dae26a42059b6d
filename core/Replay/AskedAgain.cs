using Support.Labels;
using Support.Retrieval;

namespace Support.Replay;

/// <summary>A question of a history with what the desk would do now.</summary>
internal sealed record AskedAgain(HistoryQuestion Question, string Decision, string? Reason, string? Says, string Language, double Confidence, Passage? First)
{
    /// <summary>What a label of it is found by; null when there is no passage.</summary>
    public string? Key { get; } = First is null ? null : SaidBefore.KeyOf(PassageHash.OfQuestion(Question.Text), PassageHash.Of(First.Title, First.Text));

    public ReplayedQuestion Told(IReadOnlyDictionary<string, LabelVerdict> said) => new(
        Question.At, Question.Text, Language, Decision, Reason, Says, Math.Round(Confidence, 4),
        First is null ? null : new ReplayedPassage(First.ChunkId, First.Source, First.Title, First.Link), Question.Answer,
        Key is not null && said.TryGetValue(Key, out var verdict) ? VerdictNames.Of(verdict) : null);
}
