namespace Support.Generation.Guards;

/// <summary>English promises: a subject ("I", "we", "our manager", "your order"), a helping verb, and a verb of acting.</summary>
internal static class EnglishPromises
{
    private static readonly PromiseWords Lists = PromiseWords.English;

    private static readonly HashSet<string> Between =
    [
        "just", "already", "now", "also", "being", "have", "has", "had", "been", "gone", "went", "ahead", "and", "successfully", "currently", "personally", "immediately", "gladly", "happily", "be", "right",
        "then", "soon", "shortly", "quickly", "so", "of", "course", "definitely", "certainly", "today",
    ];

    public static (string Words, bool MayBeStated)? In(IReadOnlyList<PromiseClause> clauses)
    {
        var conditional = clauses.Any(clause => clause.Words.Any(Lists["conditions"].Contains));
        var asked = clauses.Count > 0 && clauses[0].Asks && clauses[0].Words is ["how" or "where" or "when" or "can" or "what" or "why" or "do" or "will", "i" or "do" or "can" or "if" or "is", ..];
        if (asked)
            return null;
        (string Words, bool MayBeStated)? stated = null;
        foreach (var clause in clauses)
        {
            if (Own(clause, conditional) is { } own)
                return (own, false);
            stated ??= Companys(clause) is { } words ? (words, true) : null;
        }
        return stated;
    }

    /// <summary>"I have refunded", "we cancelled your order", "I will check", "your refund has been issued".</summary>
    private static string? Own(PromiseClause clause, bool conditional)
    {
        var words = clause.Words;
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] is "i" or "we" && After(words, i + 1) is var verb && verb < words.Count && Acts(words, i, verb) is { } acted
                && !(words[i] == "we" && words.Take(i).Any(Lists["conditions"].Contains)))
                return acted;
            if (!conditional && words[i] == "your" && Done(words, i) is { } done)
                return done;
        }
        return words.Count > 1 && IsBareClaim(clause) && !conditional ? words[0] + " " + words[1] : Lists["phrases"].FirstOrDefault(phrase => phrase.StartsWith("i ", StringComparison.Ordinal) && clause.Has(phrase));
    }

    private static string? Acts(IReadOnlyList<string> words, int subject, int verb)
    {
        if (Lists["past"].Contains(words[verb]) && !(words[verb] is "reset" or "put" && words[subject] == "we" && verb == subject + 1))
            return Said(words, subject, verb);
        if (words[subject] != "i")
            return null;
        if (words[verb] is "am" && After(words, verb + 1) is var doing && doing < words.Count)
        {
            if (Lists["ing"].Contains(words[doing]))
                return Said(words, subject, doing);
            if (words[doing] == "going" && doing + 2 < words.Count && words[doing + 1] == "to" && Lists["base"].Contains(words[doing + 2]))
                return Said(words, subject, doing + 2);
        }
        return words[verb] is "will" or "shall" or "can" or "would" && Infinitive(words, verb) is { } infinitive ? Said(words, subject, infinitive) : null;
    }

    /// <summary>"We will refund", "our manager will call you": what a document may say of the company.</summary>
    private static string? Companys(PromiseClause clause)
    {
        if (Lists["phrases"].FirstOrDefault(clause.Has) is { } said)
            return said;
        var words = clause.Words;
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "we" && After(words, i + 1) is var verb && verb < words.Count)
            {
                if (words[verb] is "will" or "shall" or "can" or "would" && Infinitive(words, verb) is { } infinitive)
                    return Said(words, i, infinitive);
                if (words[verb] == "are" && After(words, verb + 1) is var doing && doing < words.Count && (Lists["ing"].Contains(words[doing]) || words[doing] == "going"))
                    return Said(words, i, doing);
            }
            if (Lists["staff"].Contains(words[i]) && Enumerable.Range(i + 1, 3).FirstOrDefault(at => at < words.Count && words[at] == "will") is var will and > 0
                && Infinitive(words, will) is { } act)
                return Said(words, i, act);
        }
        return null;
    }

    /// <summary>"Your refund has been issued", "your order is now cancelled"; not "your order is cancelled at once", which is how things work.</summary>
    private static string? Done(IReadOnlyList<string> words, int your)
    {
        for (var i = your + 1; i < words.Count && i <= your + 4; i++)
        {
            if (words[i] is not ("has" or "have" or "was" or "were" or "is" or "are") || !words.Skip(your + 1).Take(i - your - 1).Any(Lists["yours"].Contains))
                continue;
            var verb = After(words, i + 1);
            if (verb < words.Count && Lists["past"].Contains(words[verb])
                && (words[i] is "has" or "have" or "was" or "were" || words.Skip(i + 1).Take(verb - i - 1).Any(word => word is "now" or "already" or "being")))
                return Said(words, your, verb);
        }
        return null;
    }

    /// <summary>"Refund issued", "Forwarded your request to the team".</summary>
    private static bool IsBareClaim(PromiseClause clause)
    {
        var words = clause.Words;
        return Lists["yours"].Contains(words[0]) && Lists["past"].Contains(words[1]) && (words.Count == 2 || words.Count == 3 && words[2] == "successfully")
            || Lists["past"].Contains(words[0]) && words[0] is not ("put" or "reset" or "started") && words[1] is "your" or "it" && words.Count > 2 && Lists["past"].Contains(words[0]);
    }

    private static int After(IReadOnlyList<string> words, int at)
    {
        while (at < words.Count && Between.Contains(words[at]))
            at++;
        return at;
    }

    private static int? Infinitive(IReadOnlyList<string> words, int helping)
    {
        var at = After(words, helping + 1);
        if (at < words.Count && words[at] is "in" && words[at - 1] == "be")
            return at;
        return at < words.Count && Lists["base"].Contains(words[at]) ? at : null;
    }

    private static string Said(IReadOnlyList<string> words, int from, int to) => string.Join(' ', words.Skip(from).Take(to - from + 1));
}
