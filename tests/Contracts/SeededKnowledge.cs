namespace Support.Contracts;

/// <summary>Pages and questions made from a seed: words of support in two languages, some frequent and some rare, with typing errors in the questions.</summary>
public sealed class SeededKnowledge(int seed)
{
    private static readonly string[] Words =
        ("""
        оплата оплатить оплачивать возврат вернуть возвратить доставка доставить курьер заказ заказать заказы как в и для на где товар деньги карта картой счет
        удалить удаление стереть аккаунт учетная запись пароль сменить изменить настройка настроить сервер серверы облако диск сеть подключить подключение
        price prices refund refunds card cards delivery deliver order ordering account password change delete remove server network connect connection the to how is
        """).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private readonly Random _random = new(seed);

    public (string Title, string Text) NextPage() => (_random.Next(4) == 0 ? $"Как {NextText(2)}?" : NextText(2), NextText(_random.Next(3, 40)) + ".");

    public string NextQuestion()
    {
        var question = NextText(_random.Next(1, 7));
        return _random.Next(4) switch
        {
            0 => Mistyped(question),
            1 => $"подскажите, {question}?",
            _ => question,
        };
    }

    private string NextText(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => NextWord()));

    /// <summary>The later a word stands in the list, the rarer; numbers make words that hardly anybody else says.</summary>
    private string NextWord() =>
        _random.Next(12) == 0 ? $"услуга{_random.Next(200)}" : Words[(int)(Words.Length * Math.Pow(_random.NextDouble(), 1.5))];

    private string Mistyped(string text)
    {
        var at = _random.Next(text.Length);
        return _random.Next(2) == 0 ? text.Remove(at, 1) : text.Insert(at, text[at].ToString());
    }
}
