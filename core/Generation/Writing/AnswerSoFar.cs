using Support.Generation.Grounding;
using Support.Generation.Guards;

namespace Support.Generation.Writing;

/// <summary>
/// An answer that is being written, and how much of it may be seen already: sentences that are over, and whose words are shown to stand in what they cite. What only a
/// model could settle waits for the whole, and so does all that follows it.
/// </summary>
/// <param name="unwritten">All that the answer is judged by.</param>
internal sealed class AnswerSoFar(GuardedAnswer unwritten, Action<string> show)
{
    private string _settled = "";

    /// <param name="reply">All that the model has written so far, as JSON that ends anywhere.</param>
    public void Heard(string reply)
    {
        var settled = SettledAnswer.Of(PartialReply.AnswerIn(reply));
        if (settled.Length <= _settled.Length)
            return;
        _settled = settled;
        var verdict = AnswerGuard.Check(unwritten with { Text = settled });
        if (!verdict.IsRefused && !verdict.Unclear.Any())
            show(AnswerSentences.WithoutCitations(verdict.Text));
    }
}
