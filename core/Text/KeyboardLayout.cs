namespace Support.Text;

/// <summary>What was meant when a text was typed with the other keyboard layout: "ghbdtn" is "привет". For folded text.</summary>
public static class KeyboardLayout
{
    private const string English = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./";
    private const string Russian = "ёйцукенгшщзхъфывапролджэячсмитьбю.";

    private static readonly Dictionary<char, char> Russians = Pairs(English, Russian);
    private static readonly Dictionary<char, char> Englishes = Pairs(Russian, English);

    public static string ToRussian(string text) => Map(text, Russians);

    public static string ToEnglish(string text) => Map(text, Englishes);

    private static string Map(string text, Dictionary<char, char> keys) =>
        string.Create(text.Length, (text, keys), static (mapped, from) =>
        {
            for (var i = 0; i < mapped.Length; i++)
                mapped[i] = from.keys.GetValueOrDefault(from.text[i], from.text[i]);
        });

    private static Dictionary<char, char> Pairs(string from, string to) => from.Zip(to).ToDictionary(pair => pair.First, pair => pair.Second);
}
