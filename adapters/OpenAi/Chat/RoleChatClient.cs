using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Support.Models;
using Support.OpenAi.Calls;
using Support.OpenAi.Settings;

namespace Support.OpenAi.Chat;

/// <summary>The chat model of one use, on one account.</summary>
internal sealed class RoleChatClient(IReadOnlyList<ModelTarget> targets, ModelUse use, ModelCaller caller, ModelClients clients, WhoStreams streams, ModelsOptions settings, TimeProvider clock) : IChatClient
{
    // A bad moment, with all its tries, says as much as one failure.
    private int _hasFailed;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var said = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var request = ChatRequest.Of(options, settings);
        return caller.CallAsync(targets, use, (attempt, token) => ChatCall.OnceAsync(clients.Chat(attempt.Target), said, request, attempt, token), cancellationToken);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var said = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var request = ChatRequest.Of(options, settings);
        // Until its first words come a stream is tried again and elsewhere like any call; what was given out cannot be taken back.
        await using var stream = await caller.CallAsync(targets, use, (attempt, token) => OpenAsync(said, request, attempt, cancellationToken, token), cancellationToken);
        await foreach (var update in stream.ReadAsync())
            yield return update;
    }

    /// <summary>Of a model that does not stream, the whole answer in one part.</summary>
    private async Task<IOpenAnswer> OpenAsync(IReadOnlyList<ChatMessage> said, ChatRequest request, CallTry attempt, CancellationToken caller, CancellationToken opening)
    {
        if (!streams.Does(attempt.Target))
            return new WholeAnswer(await ChatCall.OnceAsync(clients.Chat(attempt.Target), said, request, attempt, opening));
        try
        {
            var stream = await ChatStream.OpenAsync(clients.Chat(attempt.Target), said, request, attempt, clock, caller, opening);
            streams.Worked(attempt.Target);
            return stream;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (Interlocked.Exchange(ref _hasFailed, 1) == 0)
                streams.Failed(attempt.Target, FailureReader.Read(e, attempt.Target, clock.GetUtcNow()));
            throw;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", targets[0].Service.Endpoint, targets[0].Model)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // Clients are shared by all uses.
    }
}
