using Support.Generation.Grounding;
using Support.Generation.Guards;

namespace Support.Generation.Writing;

/// <summary>
/// An answer that is being written, and how much of it may be seen already: sentences that are over, and whose words are shown to stand in what they cite. What only a
/// model could settle waits for the whole, and so does all that follows it. Where the model has not said that the passages state the answer, nothing is seen, nor
/// when all of it is there: then the answer itself is.
/// </summary>
/// <param name="unwritten">All that the answer is judged by.</param>
internal sealed class AnswerSoFar(GuardedAnswer unwritten, Action<string> show)
{
    private string _settled = "";

    /// <param name="reply">All that the model has written so far, as JSON that ends anywhere.</param>
    public void Heard(string reply)
    {
        if (PartialReply.Of(reply) is not { IsOpen: true, IsAnswerable: true } partial)
            return;
        var settled = SettledAnswer.Of(partial.Answer);
        if (settled.Length <= _settled.Length)
            return;
        _settled = settled;
        var verdict = AnswerGuard.Check(unwritten with { Text = settled });
        if (!verdict.IsRefused && !verdict.Unclear.Any())
            show(AnswerSentences.WithoutCitations(verdict.Text));
    }
}
