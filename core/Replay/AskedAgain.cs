using Support.Labels;
using Support.Questions;
using Support.Retrieval;

namespace Support.Replay;

/// <summary>A question of a history with what the desk would do now.</summary>
internal sealed record AskedAgain(HistoryQuestion Question, string Decision, string? Reason, string? Says, string Language, double Confidence, Passage? First)
{
    /// <summary>What the customer would choose from.</summary>
    public IReadOnlyList<Passage> Among { get; init; } = [];

    public ReplayedQuestion Told(IReadOnlyDictionary<string, LabelVerdict> said)
    {
        var chosen = Among.FirstOrDefault(passage => VerdictOf(passage, said) == LabelVerdict.Right);
        return new ReplayedQuestion(
            Question.At, Question.Text, Language, Decision, Reason, Says, Math.Round(Confidence, 4),
            First is null ? null : new ReplayedPassage(First.ChunkId, First.Source, First.Title, First.Link), Question.Answer,
            (Among.Count > 0, chosen, First is null ? null : VerdictOf(First, said)) switch
            {
                (true, { }, _) => VerdictNames.Chosen,
                (true, null, LabelVerdict.Wrong) => VerdictNames.None,
                (false, _, { } verdict) => VerdictNames.Of(verdict),
                _ => null,
            })
        {
            Choices = [.. Among.Zip(Siblings.TitlesOf(Among), (passage, title) => new ReplayedChoice(passage.ChunkId, passage.Source, title))],
            Chosen = chosen?.ChunkId,
        };
    }

    private LabelVerdict? VerdictOf(Passage passage, IReadOnlyDictionary<string, LabelVerdict> said) =>
        said.TryGetValue(SaidBefore.KeyOf(PassageHash.OfQuestion(Question.Text), PassageHash.Of(passage.Title, passage.Text)), out var verdict) ? verdict : null;
}
