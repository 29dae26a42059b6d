using Support.Questions;
using Support.Text;

namespace Support.Bench.Speed.Models;

/// <param name="Earlier">The question that it follows; null for one that stands alone.</param>
internal sealed record TurnQuestion(string Text, Earlier? Earlier);

/// <summary>A set's questions with follow-ups among them: every fifth says nothing on its own, and refers to the question before it.</summary>
internal static class AskedInTurn
{
    private const int Every = 5;

    private static readonly string[] Russian = ["а как это отключить?", "а сколько это стоит?", "а где это настроить?", "и как долго это длится?"];
    private static readonly string[] English = ["and how do I turn it off?", "and how much is it?", "and where do I set this?", "and how long does that take?"];

    public static IReadOnlyList<TurnQuestion> Of(IReadOnlyList<string> questions)
    {
        var asked = new List<TurnQuestion>();
        foreach (var question in questions)
        {
            asked.Add(new TurnQuestion(question, null));
            if (asked.Count % Every != Every - 1)
                continue;
            var words = LanguageGuess.Of(question) == LanguageGuess.English ? English : Russian;
            asked.Add(new TurnQuestion(words[asked.Count / Every % words.Length], new Earlier(question, "answer", new HashSet<long>())));
        }
        return asked;
    }
}
