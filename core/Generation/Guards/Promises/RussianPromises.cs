namespace Support.Generation.Guards;

/// <summary>Russian promises: verbs show who acts by their ending, with or without "я" and "мы".</summary>
internal static class RussianPromises
{
    private const int Near = 4;

    private static readonly PromiseWords Lists = PromiseWords.Russian;

    public static (string Words, bool MayBeStated)? In(IReadOnlyList<PromiseClause> clauses)
    {
        var conditional = clauses.Any(clause => Lists["conditions"].Any(clause.Has));
        var asked = clauses.Count > 0 && clauses[0].Asks && clauses[0].Words is ["как" or "где" or "когда" or "могу" or "можно" or "сколько" or "что" or "почему", ..];
        (string Words, bool MayBeStated)? stated = null;
        foreach (var clause in clauses)
        {
            if (!asked && Own(clause, conditional) is { } own)
                return (own, false);
            stated ??= Companys(clause) is { } words ? (words, true) : null;
        }
        return asked ? null : stated;
    }

    /// <summary>"Я проверю", "мы оформили", "ваш возврат оформлен", "готово": acts of this conversation, which no document can state.</summary>
    private static string? Own(PromiseClause clause, bool conditional)
    {
        var words = clause.Words;
        if (words[0] == "готово" && clause.EndsAfterFirst)
            return words[0];
        for (var i = 0; i < words.Count; i++)
        {
            if (IsNegated(words, i))
                continue;
            if (Lists["first"].Contains(words[i]) || Lists["now"].Contains(words[i]) || words[i] == "буду" && i + 1 < words.Count && FollowsInfinitive(words, i))
                return words[i];
            if (Lists["past"].Contains(words[i]) && IsOurs(words, i) && !Lists["conditions"].Any(clause.Has))
                return words[i];
            if (!conditional && Lists["done"].Contains(words[i]) && IsCustomersDone(clause, i))
                return words[i];
        }
        return null;
    }

    /// <summary>"Мы вернём деньги", "менеджер перезвонит": what a document may say of the company.</summary>
    private static string? Companys(PromiseClause clause)
    {
        var words = clause.Words;
        if (Lists["phrases"].FirstOrDefault(phrase => phrase != "готово" && clause.Has(phrase)) is { } said)
            return said;
        var staff = words.Any(word => Lists.Begins("staff", word));
        for (var i = 0; i < words.Count; i++)
            if (!IsNegated(words, i)
                && (Lists["we"].Contains(words[i]) || words[i] == "будем" && FollowsInfinitive(words, i) || staff && Lists["third"].Contains(words[i])))
                return words[i];
        return null;
    }

    private static bool IsNegated(IReadOnlyList<string> words, int at) => at > 0 && words[at - 1] is "не" or "ни" || at > 1 && words[at - 2] == "не";

    /// <summary>The subject is "я" or "мы", or there is none before: "Отправили вашу заявку".</summary>
    private static bool IsOurs(IReadOnlyList<string> words, int at)
    {
        if (words.Count == 1)
            return true;
        for (var i = at - 1; i >= 0 && i >= at - Near; i--)
            if (words[i] is "я" or "мы")
                return true;
        return !words.Contains("вы") && words.Take(at).All(word => word is "уже" or "только" or "что" or "сейчас" or "сегодня" or "и" or "вам" or "вас" or "все" or "также" or "сразу")
            && words.Skip(at + 1).Any(word => word.StartsWith("ваш", StringComparison.Ordinal) || word is "вам" or "вас" || Lists.Begins("yours", word));
    }

    /// <summary>"Ваш заказ отменён", "заявка уже создана", "возврат оформлен" by itself; not "будет отменён".</summary>
    private static bool IsCustomersDone(PromiseClause clause, int at)
    {
        var words = clause.Words;
        if (words.Any(word => word is "будет" or "будут" or "быть" or "может" or "могут" or "был" or "чтобы" or "статус" || word.StartsWith("должн", StringComparison.Ordinal)))
            return false;
        var near = words.Where((_, i) => i != at && Math.Abs(i - at) <= Near).ToList();
        if (!near.Exists(word => Lists.Begins("yours", word)))
            return false;
        return near.Exists(word => word.StartsWith("ваш", StringComparison.Ordinal) || word is "вам" or "вас" or "уже" or "успешно" or "мной" or "мною" or "нами")
            || words.Count <= 2;
    }

    private static bool FollowsInfinitive(IReadOnlyList<string> words, int at) => words.Skip(at + 1).Take(3).Any(Lists["infinitives"].Contains);
}
