using Microsoft.Extensions.AI;
using Support.Knowledge;
using Support.OpenAi.Calls;

namespace Support.OpenAi.Chat;

internal static class ChatCall
{
    // Services count 85 to some 1,500, by its size.
    private const int TokensOfPicture = 800;

    public static async Task<ChatResponse> OnceAsync(IChatClient client, IReadOnlyList<ChatMessage> messages, ChatRequest request, CallTry attempt, CancellationToken cancellation)
    {
        attempt.Sends(() => TokensOf(messages));
        var response = await client.GetResponseAsync(messages, request.Options, cancellation);
        var text = response.Text;
        attempt.Count(response.Usage, text);
        ChatAnswerCheck.Check(response.FinishReason, text, request.Schema, attempt.Target);
        return response;
    }

    /// <summary>An estimate.</summary>
    public static int TokensOf(IReadOnlyList<ChatMessage> messages) =>
        TokenCount.Estimate(string.Join('\n', messages.Select(message => message.Text))) + messages.Sum(message => message.Contents.OfType<DataContent>().Count()) * TokensOfPicture;
}
