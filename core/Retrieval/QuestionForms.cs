using Support.Knowledge;
using Support.Text;

namespace Support.Retrieval;

/// <summary>How questions begin in Russian and English, and how their answers do.</summary>
public static class QuestionForms
{
    // In page titles, where we put ChunkDraft.BetweenHeadings.
    private const string Dash = " — ";

    private static readonly HashSet<string> First = Words(
        "как что почему зачем где куда когда сколько кто какой какая какие какое чем how what why where when who which can could is are does do did should will would");

    private static readonly HashSet<string> FirstBeforeLi = Words("можно могу нужно есть");

    private static readonly HashSet<string> FirstOfYesNo = Words(
        "можно могу возможно есть нужно будет is are can could do does did will would should has have");

    private static readonly HashSet<string> OfNumbers = Words(
        "сколько скольких когда год году дата число количество процент возраст when many much year date percent percentage old far tall");

    private static readonly HashSet<string> Measures = Words("long often far old big large soon fast долго часто далеко скоро быстро");

    private static readonly HashSet<string> YesOrNo = Words("да нет yes no можно нельзя");

    /// <summary>The last heading of the path ends in a question mark or starts with a word of asking.</summary>
    public static bool IsQuestion(string title)
    {
        var heading = LastHeading(title).TrimEnd();
        if (heading.EndsWith('?'))
            return true;
        return BeginsAsQuestion(Tokenizer.Tokens(heading), 0);
    }

    /// <summary>The words from <paramref name="start"/> on begin with a word of asking.</summary>
    public static bool BeginsAsQuestion(IReadOnlyList<string> tokens, int start) =>
        tokens.Count > start && (First.Contains(tokens[start]) || tokens.Count > start + 1 && tokens[start + 1] == "ли" && FirstBeforeLi.Contains(tokens[start]));

    private static string LastHeading(string title)
    {
        var heading = ChunkDraft.LastHeading(title);
        return heading.LastIndexOf(Dash, StringComparison.Ordinal) is >= 0 and var at ? heading[(at + Dash.Length)..] : heading;
    }

    public static bool AsksYesOrNo(IReadOnlyList<string> tokens) =>
        tokens.Count > 0 && (FirstOfYesNo.Contains(tokens[0]) || tokens.Contains("ли"));

    /// <summary>How much, how many, when, in what year: the answer has figures in it.</summary>
    public static bool AsksForNumber(IReadOnlyList<string> tokens) => tokens.Any(OfNumbers.Contains);

    /// <summary>"How long", «как часто»: the second word asks as the first does, and says as little of what is asked about.</summary>
    public static bool IsMeasure(IReadOnlyList<string> tokens, int at) => at > 0 && tokens[at - 1] is ("how" or "как") && Measures.Contains(tokens[at]);

    public static bool SaysYesOrNo(string firstWord) => YesOrNo.Contains(firstWord);

    private static HashSet<string> Words(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
