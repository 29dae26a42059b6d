namespace Support.Tests.Retrieval;

/// <summary>Whatever people, programs and cats on keyboards send, seeded.</summary>
internal sealed class RandomTexts(Random random)
{
    private const string Cyrillic = "абвгдежзийклмнопрстуфхцчшщъыьэюяё";
    private const string Latin = "abcdefghijklmnopqrstuvwxyz";
    private const string RightToLeft = "אבגדהוזחטابتثجحخ\u202E\u202B\u200F";
    private const string Other = "漢字かな한글ไทยαβγδẞİıŉǰΐﬁ①²½ÅÅ\u0301\u0308\u0345\u200D";
    private const string Marks = "#*_`[]()>|-~!?.,;:/\\\"'&<>{}=+%$^@ \t\n";

    private static readonly string[] Words =
    [
        "как", "оплатить", "оплата", "возврат", "вернуть", "деньги", "доставка", "заказ", "в", "на", "можно", "ли", "почему", "не", "работает", "пароль", "удалить",
        "how", "to", "pay", "refund", "order", "delivery", "card", "is", "can", "i", "the", "account", "delete", "password", "price", "да", "нет", "yes", "no", "не", "и",
    ];

    public string Text(int mostPieces)
    {
        var pieces = new string[random.Next(mostPieces + 1)];
        for (var i = 0; i < pieces.Length; i++)
            pieces[i] = Piece();
        return string.Join(random.Next(8) == 0 ? "" : " ", pieces);
    }

    private string Piece() => random.Next(24) switch
    {
        0 => Of(Cyrillic, random.Next(1, 12)),
        1 => Of(Latin, random.Next(1, 12)),
        2 => Of(RightToLeft, random.Next(1, 8)),
        3 => Of(Other, random.Next(1, 8)),
        4 => Of(Marks, random.Next(1, 6)),
        5 => random.Next().ToString(),
        6 => new string(Enumerable.Range(0, random.Next(1, 5)).Select(_ => (char)random.Next(0x20)).ToArray()),
        7 => new string(Enumerable.Range(0, random.Next(1, 5)).Select(_ => (char)random.Next(0xD800, 0xE000)).ToArray()),
        8 => new string(Enumerable.Range(0, random.Next(1, 5)).Select(_ => (char)random.Next(0x10000)).ToArray()),
        9 => char.ConvertFromUtf32(random.Next(0x1F300, 0x1FA00)),
        10 => random.Next(10) == 0 ? Of(Cyrillic + Latin, random.Next(100, 700)) : "",
        11 => Mistyped(Words[random.Next(Words.Length)]),
        _ => Words[(int)(Words.Length * random.NextDouble() * random.NextDouble())],
    };

    private string Mistyped(string word)
    {
        var at = random.Next(word.Length);
        return random.Next(3) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, word[random.Next(word.Length)].ToString()),
            _ => word[..at] + Latin[random.Next(Latin.Length)] + word[(at + 1)..],
        };
    }

    private string Of(string letters, int length) => new(Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)]).ToArray());
}
