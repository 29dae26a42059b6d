using System.Text;
using Support.Generation.Guards;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Generation;

/// <summary>Numbered passages and the customer's words as data in a prompt: nothing in them can end its quotation, look like another passage, or hold personal data.</summary>
internal sealed class PromptPassages
{
    private const int MostTitle = 120;
    private const int MostText = 8_000;
    private const int MostQuestion = 1_200;

    private PromptPassages(string text, PromptFence fence, IReadOnlyList<Passage> passages) => (Text, Fence, Passages) = (text, fence, passages);

    /// <summary>What the model is sent as the user's message.</summary>
    public string Text { get; }

    public PromptFence Fence { get; }

    /// <summary>By their number, from 1.</summary>
    public IReadOnlyList<Passage> Passages { get; }

    /// <param name="tokensOf">How many tokens the excerpt of each may take, by its place from 0.</param>
    /// <param name="note">Ours, before the data; empty for none.</param>
    public static PromptPassages Of(string question, IReadOnlyList<Passage> passages, Func<int, int> tokensOf, AskedStems asked, Placeholders hidden, string note)
    {
        var fence = PromptFence.Create();
        var quoted = new StringBuilder();
        for (var i = 0; i < passages.Count; i++)
        {
            var title = QuotedData.CleanLine(hidden.Mask(Unaddressed.Of(passages[i].Title)), MostTitle);
            quoted.Append('[').Append(i + 1).Append("] ");
            if (title.Length > 0)
                quoted.Append(title).Append('\n');
            var room = Math.Max(0, tokensOf(i) - TokenCount.Estimate(title));
            quoted.Append(QuotedData.Clean(PromptExcerpt.Of(asked, passages[i].Title, hidden.Mask(Unaddressed.Of(passages[i].Text)), room), MostText)).Append('\n');
        }
        var text = new StringBuilder();
        if (note.Length > 0)
            text.Append(note).Append('\n');
        text.Append(fence.Quote("passages", quoted.ToString().TrimEnd())).Append('\n');
        text.Append(fence.Quote("question", QuotedData.Clean(hidden.Mask(question), MostQuestion)));
        return new PromptPassages(text.ToString(), fence, passages);
    }
}
