using System.Text;
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
        var response = await use.CallAsync(token => models.Chat(role, use).GetResponseAsync(Messages(system, user), Options(form), token), cancellation);
        return Read(response.Text, form);
    }

    /// <summary>
    /// The same, heard while it is written. What breaks off in the middle, has another form, or is refused before its first word (a service may take no streams) is asked
    /// for again as a whole. What a content filter stopped is not.
    /// </summary>
    /// <param name="soFar">Called with all that has come, each time something has.</param>
    /// <exception cref="ModelException">It gave nothing that fits the form.</exception>
    public static async Task<T> HearAsync<T>(IModels models, ModelRole role, ModelUse use, string system, string user, ReplyForm<T> form, Action<string> soFar, CancellationToken cancellation)
        where T : class
    {
        var text = new StringBuilder();
        try
        {
            return await use.CallAsync(async token =>
            {
                await foreach (var update in models.Chat(role, use).GetStreamingResponseAsync(Messages(system, new ChatMessage(ChatRole.User, user)), Options(form), token))
                {
                    if (update.Text.Length > 0)
                        soFar(text.Append(update.Text).ToString());
                }
                return Read(text.ToString(), form);
            }, cancellation);
        }
        catch (ModelException e) when (e.Failure is ModelFailure.BadAnswer || (text.Length > 0 ? e.Failure is ModelFailure.Unavailable : e.Failure is ModelFailure.Refused or ModelFailure.Misconfigured))
        {
            return await AskAsync(models, role, use, system, user, form, cancellation);
        }
    }

    private static ChatMessage[] Messages(string system, ChatMessage user) => [new ChatMessage(ChatRole.System, system), user];

    private static ChatOptions Options<T>(ReplyForm<T> form) => new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(form.Schema, form.Name), MaxOutputTokens = form.MostTokens };

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
