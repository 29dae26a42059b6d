using Microsoft.Extensions.AI;
using Support.OpenAi.Calls;

namespace Support.OpenAi.Chat;

internal static class ChatCall
{
    public static async Task<ChatResponse> OnceAsync(IChatClient client, IReadOnlyList<ChatMessage> messages, ChatRequest request, CallTry attempt, CancellationToken cancellation)
    {
        attempt.Sends(() => WordsOf(messages));
        var response = await client.GetResponseAsync(messages, request.Options, cancellation);
        var text = response.Text;
        attempt.Count(response.Usage, () => WordsOf(messages), text);
        ChatAnswerCheck.Check(response.FinishReason, text, request.Schema, attempt.Target);
        return response;
    }

    public static string WordsOf(IReadOnlyList<ChatMessage> messages) => string.Join('\n', messages.Select(message => message.Text));
}
