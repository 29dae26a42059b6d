using Microsoft.Extensions.AI;

namespace Support.Models;

/// <summary>The likeliest first tokens of an answer, for a verdict of one word: p = Σexp(yes) / (Σexp(yes) + Σexp(no)). Reasoning models refuse it.</summary>
public static class TopTokens
{
    /// <summary>Under this name in <see cref="ChatOptions.AdditionalProperties"/> stands how many, in those of the answer stands what they are.</summary>
    public const string Property = "support.top_tokens";

    /// <param name="options">Of the request.</param>
    /// <param name="count">1 to 20.</param>
    public static ChatOptions WithTopTokens(this ChatOptions options, int count)
    {
        options.AdditionalProperties ??= [];
        options.AdditionalProperties[Property] = count;
        return options;
    }

    /// <summary>Empty when the service gave none.</summary>
    public static IReadOnlyList<TopToken> Of(ChatResponse response) =>
        response.AdditionalProperties?.TryGetValue(Property, out var found) == true && found is IReadOnlyList<TopToken> tokens ? tokens : [];
}

/// <param name="LogProbability">Natural logarithm, 0 or below.</param>
public sealed record TopToken(string Text, double LogProbability);
