namespace Support.Text;

/// <summary>Stems a folded word by its script. Callers keep the stems of words they meet often.</summary>
public static class Stemmer
{
    public static string Stem(string word) => HasCyrillic(word) ? RussianStemmer.Stem(word) : EnglishStemmer.Stem(word);

    private static bool HasCyrillic(string word) => word.AsSpan().IndexOfAnyInRange('а', 'я') >= 0;
}
