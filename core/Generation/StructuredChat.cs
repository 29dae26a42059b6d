using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using Support.Models;

namespace Support.Generation;

/// <summary>What a chat model is told to answer in: the schema's name says which task it is.</summary>
internal sealed record ReplyForm<T>(string Name, JsonElement Schema, JsonTypeInfo<T> Type, int MostTokens)
{
    public static ReplyForm<T> Of(string name, string schema, JsonTypeInfo<T> type, int mostTokens)
    {
        using var read = JsonDocument.Parse(schema);
        return new ReplyForm<T>(name, read.RootElement.Clone(), type, mostTokens);
    }
}

/// <summary>One question to a chat model that answers in JSON. The stable part of the prompt comes first, so that services find it in their caches.</summary>
internal static class StructuredChat
{
    /// <exception cref="ModelException">It gave nothing that fits the form.</exception>
    public static Task<T> AskAsync<T>(IModels models, ModelRole role, ModelUse use, string system, string user, ReplyForm<T> form, CancellationToken cancellation)
        where T : class => AskAsync(models, role, use, system, new ChatMessage(ChatRole.User, user), form, cancellation);

    /// <param name="user">With pictures.</param>
    /// <exception cref="ModelException">It gave nothing that fits the form.</exception>
    public static async Task<T> AskAsync<T>(IModels models, ModelRole role, ModelUse use, string system, ChatMessage user, ReplyForm<T> form, CancellationToken cancellation)
        where T : class
    {
        var response = await use.CallAsync(
            token => models.Chat(role, use).GetResponseAsync(
                [new ChatMessage(ChatRole.System, system), user],
                new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(form.Schema, form.Name), MaxOutputTokens = form.MostTokens },
                token),
            cancellation);
        return Read(response.Text, form);
    }

    private static T Read<T>(string text, ReplyForm<T> form)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(FencedJson.Inner(text), form.Type) ?? throw Bad(form.Name, null);
        }
        catch (JsonException e)
        {
            throw Bad(form.Name, e);
        }
    }

    // What was answered is not told: it may hold what the customer wrote.
    private static ModelException Bad(string form, JsonException? e) =>
        new(ModelFailure.BadAnswer, $"The model's answer does not fit the form {form}{(e?.Path is { } path ? $" at {path}" : "")}.");
}
