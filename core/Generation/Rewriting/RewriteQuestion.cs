using Microsoft.Extensions.Logging;
using Support.Generation.Guards;
using Support.Models;
using Support.Retrieval;
using Support.Text;

namespace Support.Generation.Rewriting;

/// <summary>Makes a follow-up a question that stands alone, by the model of <see cref="ModelRole.Rewrite"/>. What it adds must have been said.</summary>
public sealed partial class RewriteQuestion(IModels models, ILogger<RewriteQuestion> logger)
{
    private const int MostBefore = 600;
    private const int MostMessage = 400;

    // They make another question of it.
    private static readonly HashSet<string> Turning = new(StringComparer.Ordinal) { "не", "ни", "нет", "без", "кроме", "только", "до", "после", "нельзя", "not", "no", "without", "except", "only", "until", "before", "after", "never", "cannot" };

    public bool IsThere => models.Has(ModelRole.Rewrite);

    /// <returns>Null when the message stands alone, or no model says otherwise.</returns>
    public async Task<string?> RewriteAsync(string message, string before, Placeholders hidden, ModelUse use, CancellationToken cancellation)
    {
        if (!models.Has(ModelRole.Rewrite) || message.Length > MostMessage || !FollowUp.MayBe(message))
            return null;
        try
        {
            var fence = PromptFence.Create();
            var data = fence.Quote("said before", QuotedData.Clean(hidden.Mask(before), MostBefore)) + "\n" + fence.Quote("last message", QuotedData.Clean(hidden.Mask(message), MostMessage));
            var reply = await StructuredChat.AskAsync(models, ModelRole.Rewrite, use, RewritePrompt.System, data, RewritePrompt.Form, cancellation);
            var whole = hidden.Restore(reply.Question).Text.Trim();
            return IsMadeOf(whole, before, message) && !SameWords(whole, message) ? whole : null;
        }
        catch (ModelException e)
        {
            Log.Failed(logger, e.Failure, e.Message);
            return null;
        }
    }

    /// <summary>Each content word was said by the customer, then or now, and so was what turns the question round; none of that in the message is left out.</summary>
    private static bool IsMadeOf(string whole, string before, string message)
    {
        var said = Tokenizer.Tokens(before + "\n" + message).Select(Stemmer.Stem).ToHashSet(StringComparer.Ordinal);
        var turning = Tokenizer.Tokens(whole).Where(Turning.Contains).ToHashSet(StringComparer.Ordinal);
        if (!turning.IsSubsetOf(Tokenizer.Tokens(before + "\n" + message)) || !turning.IsSupersetOf(Tokenizer.Tokens(message).Where(Turning.Contains)))
            return false;
        var words = ReadQuestion.Of(Tokenizer.Tokens(whole));
        return words.ContentWords > 0 && whole.Length <= MostBefore + MostMessage
            && words.Words.Where(word => word.IsContent).All(word => said.Contains(Stemmer.Stem(word.Text)) || said.Any(stem => VariantWeights.Family(Stemmer.Stem(word.Text), stem) > 0));
    }

    private static bool SameWords(string one, string other) => Tokenizer.Tokens(one).SequenceEqual(Tokenizer.Tokens(other));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A follow-up is searched for with the question before it, for rewriting failed ({Failure}): {Problem}")]
        public static partial void Failed(ILogger logger, ModelFailure failure, string problem);
    }
}
