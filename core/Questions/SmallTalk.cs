using System.Collections.Frozen;
using System.Text;

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

    // Under an answer these say "thanks" as well as the word does.
    private static readonly FrozenSet<string> ThankfulSigns = FrozenSet.Create("👍", "🙏", "❤", "♥", "😊", "🙂", "👌", "😀", "😃", "🤝", "🎉", "🔥", "💯", "🥰", "😍");

    /// <returns>The text to say, as a key of Texts/*.json; null when there is more in the message.</returns>
    public static string? Reply(string message)
    {
        var words = WithoutSigns(message, out var isThankful).ToLowerInvariant().Split([' ', '\n', '\t', ',', '.', '!', '?', ')', '(', ':', ';', '-', '–', '—', '…'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > 6)
            return words.Length == 0 && isThankful ? "welcome" : null;
        if (words.All(Greetings.Contains))
            return "ask.again";
        return words.All(Thanks.Contains) ? "welcome" : null;
    }

    private static string WithoutSigns(string message, out bool isThankful)
    {
        var rest = new StringBuilder(message.Length);
        isThankful = false;
        foreach (var rune in message.EnumerateRunes())
        {
            // A sign is followed by how it is to look, and by a colour of skin.
            if (rune.Value is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF))
                continue;
            if (ThankfulSigns.Contains(rune.ToString()))
                isThankful = true;
            else
                rest.Append(rune.ToString());
        }
        return isThankful ? rest.ToString() : message;
    }
}
