using System.Globalization;
using Support.Functions;
using Support.Replay;

namespace Support.Server.Commands;

/// <summary>What the owner may press of a replayed question, and what it says.</summary>
internal static class LabelKeys
{
    public const string Skip = "s";
    public const string Stop = "q";
    private const string NoneOfThem = "n";

    /// <summary>The prompt, and the keys that it takes.</summary>
    public static (string Text, IEnumerable<string> Keys) Of(ReplayedQuestion question) => question.Choices.Count == 0
        ? ("[[r]]ight, [[p]]artly, [[w]]rong, [[s]]kip, [[q]]uit?", ["r", "p", "w", Skip, Stop])
        : ($"Which is right: [[1]] to [[{question.Choices.Count}]], [[n]]one, [[s]]kip, [[q]]uit?", [.. question.Choices.Select((_, at) => Number(at)), NoneOfThem, Skip, Stop]);

    /// <returns>Null when nothing was.</returns>
    public static string? SaidBefore(ReplayedQuestion question) => question switch
    {
        { Verdict: null } => null,
        { Choices.Count: 0, Verdict: var verdict } => verdict[..1],
        { Chosen: { } chosen } => Number(question.Choices.Select(choice => choice.Chunk).ToList().IndexOf(chosen)),
        _ => NoneOfThem,
    };

    /// <param name="key">One that says something.</param>
    public static ReplayLabel Read(ReplayedQuestion question, string key)
    {
        var label = new ReplayLabel(question.Question, question.Passage!.Chunk, VerdictNames.None);
        return key switch
        {
            "r" => label with { Verdict = "right" },
            "p" => label with { Verdict = "partly" },
            "w" => label with { Verdict = "wrong" },
            NoneOfThem => label,
            _ => label with { Verdict = VerdictNames.Chosen, Chosen = question.Choices[int.Parse(key, CultureInfo.InvariantCulture) - 1].Chunk },
        };
    }

    private static string Number(int at) => (at + 1).ToString(CultureInfo.InvariantCulture);
}
