using System.Text.Json;
using Microsoft.Extensions.AI;
using Support.Models;
using Support.OpenAi.Calls;
using Support.OpenAi.Settings;

namespace Support.OpenAi.Chat;

/// <summary>Whether an answer is one at all. What it says is for whoever asked to judge.</summary>
internal static class ChatAnswerCheck
{
    /// <exception cref="CallFailedException">It is empty, filtered, cut, or not of the form that was asked for.</exception>
    public static void Check(ChatFinishReason? reason, string text, JsonElement? schema, ModelTarget target)
    {
        if (reason == ChatFinishReason.ContentFilter)
            throw new CallFailedException(ModelFailure.Filtered, $"The content filter of {target} stopped the answer.");
        if (string.IsNullOrWhiteSpace(text))
            throw Bad(target, reason == ChatFinishReason.Length ? "used all its tokens before it answered" : "answered nothing");
        if (schema is not { } form)
            return;
        try
        {
            using var json = JsonDocument.Parse(FencedJson.Inner(text));
            if (JsonSchemaCheck.Difference(json.RootElement, form) is { } difference)
                throw Bad(target, $"answered JSON of another form ({difference})");
        }
        catch (JsonException)
        {
            throw Bad(target, reason == ChatFinishReason.Length ? "used all its tokens in the middle of its JSON" : "answered what is no JSON");
        }
    }

    private static CallFailedException Bad(ModelTarget target, string what) => new(ModelFailure.BadAnswer, $"{target} {what}.") { MayRepeat = true };
}
