using System.Globalization;

namespace Support.Knowledge.Written;

/// <summary>What writing the questions that are missing will take, about.</summary>
/// <param name="Chunks">Different texts without questions.</param>
/// <param name="Tokens">Prompt and completion together.</param>
/// <param name="Cost">In the currency of the prices; null where none is set for the model.</param>
public sealed record QuestionsEstimate(int Chunks, long Tokens, decimal? Cost)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Chunks:N0} chunks, about {Tokens:N0} tokens, {(Cost is { } cost ? $"about {cost:0.00##}" : "no price set")}");
}
