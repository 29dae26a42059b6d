using Support.Text;

namespace Support.Generation.Grounding;

/// <summary>Whether an answer is in the language of its question.</summary>
public static class AnswerLanguage
{
    // "OK", "VPN": a name is no language.
    private const int FewestLetters = 12;

    /// <returns>False also when either has too few letters to tell.</returns>
    public static bool IsWrong(string question, string answer) =>
        answer.Count(char.IsLetter) >= FewestLetters && LanguageGuess.Of(question) is { } asked && IsOther(answer, asked);

    private static bool IsOther(string answer, string asked) =>
        LanguageGuess.Of(answer) is { } answered ? answered != asked : answer.Count(char.IsLetter) >= FewestLetters;
}
