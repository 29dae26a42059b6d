using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Support.Models;

namespace Support.OpenAi.Chat;

/// <summary>Log-probabilities of the first token, from the SDK's own answer to where the desk looks for them.</summary>
internal static class FirstTokens
{
    public static void Copy(ChatResponse response)
    {
        if (response.RawRepresentation is not ChatCompletion { ContentTokenLogProbabilities: [var first, ..] })
            return;
        response.AdditionalProperties ??= [];
        response.AdditionalProperties[TopTokens.Property] = (IReadOnlyList<TopToken>)[.. first.TopLogProbabilities.Select(token => new TopToken(token.Token, token.LogProbability))];
    }
}
