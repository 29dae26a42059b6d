using System.Text;
using System.Text.RegularExpressions;
using Support.Text;

namespace Support.Bench.Quality;

/// <summary>The same questions as people might type them: in the wrong layout, with errors, names by ear, in the midst of a long message. Seeded by the question.</summary>
internal static partial class QuestionDistortion
{
    public static readonly string[] Ways = ["clean", "layout", "latin", "typos", "by-ear", "rambling"];

    private const int LeastLetters = 5;

    // Written for this measurement: what customers write around their question. Nothing of it is in any of the sets.
    private static readonly string[] BeforeRu =
    [
        "Здравствуйте! Меня зовут Ирина, я ваш клиент уже третий год, раньше все было хорошо.",
        "Добрый день. Пишу вам второй раз, вчера мне так никто и не ответил, надеюсь сегодня повезет больше.",
        "Приветствую. Сижу с утра, перепробовал уже все что мог, коллега тоже смотрел и ничего не понял.",
    ];

    private static readonly string[] AfterRu =
    [
        "Очень надеюсь на вашу помощь, заранее большое спасибо и хорошего дня.",
        "Времени у меня мало, вечером уезжаю в отпуск, так что буду рад быстрому ответу.",
        "Если что, я на связи до шести вечера, потом поеду домой к детям.",
    ];

    private static readonly string[] BeforeEn =
    [
        "Hello there! My name is Irene and I have been with you for three years, everything used to be fine.",
        "Good afternoon. This is the second time I write, nobody got back to me yesterday, I hope to be luckier today.",
        "Hi all. I have been sitting here since the morning, tried whatever came to my mind, and my colleague had a look as well.",
    ];

    private static readonly string[] AfterEn =
    [
        "I really count on you here, many thanks in advance and have a lovely day.",
        "I am in a bit of a hurry as I leave for my holidays tonight, so a quick reply would be great.",
        "You will find me here until six, after that I drive home to the kids.",
    ];

    private static readonly Lazy<Dictionary<string, string>> ByEarNames = new(() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Quality", "Data", "by-ear.tsv")).Select(line => line.Split('\t')).ToDictionary(pair => pair[0], pair => pair[1]));

    public static string Of(string way, string question)
    {
        var random = new Random(Seed(question));
        return way switch
        {
            "layout" => KeyboardLayout.ToEnglish(question.ToLowerInvariant()),
            "latin" => Latin(question.ToLowerInvariant()),
            "typos" => Word().Replace(question, word => word.Length >= LeastLetters && random.Next(2) == 0 ? Mistype(word.Value, random) : word.Value),
            "by-ear" => LatinWord().Replace(question, word => ByEarNames.Value.GetValueOrDefault(word.Value.ToLowerInvariant(), word.Value)),
            "rambling" => Ramble(question, random),
            _ => question,
        };
    }

    private static string Ramble(string question, Random random)
    {
        var isRussian = question.Any(c => c is >= 'а' and <= 'я');
        var (before, after) = isRussian ? (BeforeRu, AfterRu) : (BeforeEn, AfterEn);
        var end = question[^1] is '?' or '.' or '!' ? "" : "?";
        return $"{before[random.Next(before.Length)]} {question}{end} {after[random.Next(after.Length)]}";
    }

    /// <summary>One letter left out, doubled, exchanged with the next, or another one in its place.</summary>
    private static string Mistype(string word, Random random)
    {
        var at = 1 + random.Next(word.Length - 2);
        return random.Next(4) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, word[at].ToString()),
            2 => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
            _ => word[..at] + (word[at] is >= 'а' and <= 'я' ? (char)('а' + random.Next(32)) : (char)('a' + random.Next(26))) + word[(at + 1)..],
        };
    }

    private static string Latin(string text)
    {
        const string cyrillic = "абвгдезийклмнопрстуфхыэ";
        const string latin = "abvgdeziyklmnoprstufhye";
        var typed = new StringBuilder(text.Length * 2);
        foreach (var c in text)
            typed.Append(c switch
            {
                'ё' => "e",
                'ж' => "zh",
                'ц' => "ts",
                'ч' => "ch",
                'ш' => "sh",
                'щ' => "sch",
                'ю' => "yu",
                'я' => "ya",
                'ъ' or 'ь' => "",
                _ => cyrillic.IndexOf(c) is >= 0 and var at ? latin[at].ToString() : c.ToString(),
            });
        return typed.ToString();
    }

    private static int Seed(string question)
    {
        var seed = 17;
        foreach (var c in question)
            seed = unchecked(seed * 31 + c);
        return seed;
    }

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex LatinWord();
}
