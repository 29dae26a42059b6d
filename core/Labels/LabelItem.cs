using Support.Retrieval;

namespace Support.Labels;

/// <summary>A question to be labelled, with what is found for it now.</summary>
/// <param name="QuestionId">Null unless a customer asked it.</param>
/// <param name="Knowledge">The change of the knowledge that it was asked of.</param>
/// <param name="Cut">It was drawn at random from the questions with this confidence or more; 0: from all.</param>
/// <param name="Above">The share of the tenant's questions at or above the cut.</param>
internal sealed record LabelItem(LabelKey Key, long? QuestionId, string Question, Retrieved Found, long Knowledge, double Cut, double Above)
{
    // Half of it is enough to tell apart ten passages, and fits into a button.
    private const int MarkBytes = 8;

    public Passage Passage => Found.Passages[0];

    public byte[] PassageHash => Labels.PassageHash.Of(Passage.Title, Passage.Text);

    /// <summary>Of question and passage: what was shown is what is labelled.</summary>
    public string Mark => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([.. Labels.PassageHash.OfQuestion(Question), .. PassageHash])[..MarkBytes]);

    public NewLabel ToLabel(LabelVerdict verdict, long person) => new(
        QuestionId, Question, PassageHash, verdict, Key.Kind == LabelKind.Suggested ? LabelSources.Suggested : LabelSources.Round,
        Found.Features, Found.Confidence, Knowledge, IsFirst: true, person, Cut, Above);
}
