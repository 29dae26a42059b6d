using System.Collections.Frozen;

namespace Support.Questions;

/// <summary>A greeting or thanks and nothing else: met with a word, never searched for and never a person's work.</summary>
public static class SmallTalk
{
    private static readonly FrozenSet<string> Greetings = FrozenSet.Create(
        "hi", "hello", "hey", "hiya", "good", "morning", "afternoon", "evening", "day", "there", "start",
        "привет", "приветствую", "здравствуйте", "здравствуй", "здрасьте", "добрый", "доброе", "доброго", "день", "дня", "утро", "вечер", "времени", "суток", "салют");

    private static readonly FrozenSet<string> Thanks = FrozenSet.Create(
        "thanks", "thank", "you", "thx", "ty", "very", "much", "great", "ok", "okay", "perfect", "cool", "nice", "got", "it", "good", "bye", "goodbye", "a", "lot",
        "спасибо", "благодарю", "большое", "вам", "тебе", "ок", "окей", "хорошо", "понятно", "ясно", "отлично", "супер", "понял", "поняла", "пока", "до", "свидания", "всё", "все", "за", "помощь", "ответ");

    /// <returns>The text to say, as a key of Texts/*.json; null when there is more in the message.</returns>
    public static string? Reply(string message)
    {
        var words = message.ToLowerInvariant().Split([' ', '\n', '\t', ',', '.', '!', '?', ')', '(', ':', ';', '-', '–', '—', '…'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > 6)
            return null;
        if (words.All(Greetings.Contains))
            return "ask.again";
        return words.All(Thanks.Contains) ? "welcome" : null;
    }
}
