using Microsoft.Extensions.AI;

namespace Support.OpenAi.Chat;

/// <summary>An answer that has begun to come.</summary>
internal interface IOpenAnswer : IAsyncDisposable
{
    IAsyncEnumerable<ChatResponseUpdate> ReadAsync();
}

/// <summary>One that is there already.</summary>
internal sealed class WholeAnswer(ChatResponse response) : IOpenAnswer
{
    public IAsyncEnumerable<ChatResponseUpdate> ReadAsync() => response.ToChatResponseUpdates().ToAsyncEnumerable();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
