using Support.Text;

namespace Support.Generation.Guards;

/// <summary>
/// Sentences in which the bot says that it has done, is doing or will do what it cannot: "I have refunded you", "я проверю и вернусь". The bot can do nothing but answer.
/// What a company says of itself in a cited document ("we refund within 10 days", "мы вернём деньги за 10 дней") it may repeat.
/// </summary>
public static class FalsePromises
{
    /// <param name="sentences">Of one answer.</param>
    /// <param name="citedTexts">Of the passages that the answer cites.</param>
    public static IReadOnlyList<FalsePromise> Find(IEnumerable<string> sentences, IReadOnlyList<string> citedTexts)
    {
        var found = new List<FalsePromise>();
        foreach (var sentence in sentences)
            if (In(sentence) is { } promise && (!promise.MayBeStated || !StatedPromise.IsIn(sentence, citedTexts)))
                found.Add(promise);
        return found;
    }

    /// <returns>Null when the sentence promises nothing, whatever documents say.</returns>
    internal static FalsePromise? In(string sentence)
    {
        var clauses = PromiseClause.Of(sentence);
        var promised = LanguageGuess.Of(sentence) == LanguageGuess.Russian ? RussianPromises.In(clauses) : EnglishPromises.In(clauses);
        return promised is null ? null : new FalsePromise(sentence, promised.Value.Words, promised.Value.MayBeStated);
    }
}

/// <param name="Words">What gave it away.</param>
/// <param name="MayBeStated">It is what a company says in its documents, and no promise where a cited passage says so. "I did" never is.</param>
public sealed record FalsePromise(string Sentence, string Words, bool MayBeStated);
