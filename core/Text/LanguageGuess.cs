namespace Support.Text;

/// <summary>The language of a message by its letters. Product names in Latin stand in many Russian messages, so a third of Cyrillic is enough.</summary>
public static class LanguageGuess
{
    public const string Russian = "ru";
    public const string English = "en";

    /// <summary>"ru", "en", or null when the message has no letters of either.</summary>
    public static string? Of(string text)
    {
        var cyrillic = 0;
        var latin = 0;
        foreach (var c in text)
        {
            cyrillic += c is >= 'Ѐ' and <= 'ӿ' ? 1 : 0;
            latin += char.IsAsciiLetter(c) ? 1 : 0;
        }
        if (cyrillic + latin == 0)
            return null;
        return cyrillic * 3 >= cyrillic + latin ? Russian : English;
    }
}
