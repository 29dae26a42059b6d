namespace Support.Questions;

/// <summary>A question as the memory has it, for the message that comes after it. Read only when that message needs it, which few do.</summary>
/// <param name="Passages">See <see cref="CitedPassages"/>.</param>
/// <param name="Trace">See <see cref="QuestionTrace"/>.</param>
/// <param name="Chosen">Which of the passages offered the customer chose; <see cref="ShownPassages.NoneOfThese"/> for none; null while nothing was.</param>
/// <param name="Shown">How many times "not helpful" brought another passage.</param>
public sealed record QuestionBefore(long Id, string Text, string Decision, string Passages, string Trace, int? Chosen, int Shown)
{
    private QuestionTrace? _trace;

    /// <summary>The customer was asked which is meant and has not said.</summary>
    public bool WaitsForChoice => Decision == "choose" && Chosen is null;

    /// <summary>What was offered, by the buttons' names.</summary>
    public IReadOnlyList<string> Titles => ReadTrace().Titles ?? [];

    public Earlier ToEarlier()
    {
        var trace = ReadTrace();
        var order = ShownPassages.InOrder(CitedPassages.Read(Passages), trace, Chosen);
        var shown = Decision switch
        {
            "escalate" => 0,
            "choose" when Chosen is null or ShownPassages.NoneOfThese => 0,
            _ => Shown + 1,
        };
        return new Earlier(trace.Searched ?? Text, Decision, order.Take(shown).Select(passage => passage.Chunk).ToHashSet());
    }

    private QuestionTrace ReadTrace() => _trace ??= QuestionTrace.Read(Trace);
}
