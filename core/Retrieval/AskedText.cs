namespace Support.Retrieval;

/// <summary>
/// How much of a question is read. A message of Telegram has 4,096 characters at most; of a longer one, which other doors may bring, so many are read from its
/// beginning, up to the end of a word: nobody's question is worth more work than that, and whoever writes so much has said it by then.
/// </summary>
internal static class AskedText
{
    public const int MostCharacters = 4_096;

    public static string Of(string question)
    {
        if (question.Length <= MostCharacters)
            return question;
        var space = question.LastIndexOf(' ', MostCharacters - 1);
        // A text without spaces ends where it must, though not within a character.
        var end = space > MostCharacters / 2 ? space : MostCharacters - (char.IsHighSurrogate(question[MostCharacters - 1]) ? 1 : 0);
        return question[..end];
    }
}
