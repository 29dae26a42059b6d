namespace Support.Simulation.Wire;

/// <summary>One thing that happened, as a bot is told. Exactly one of the optional members is there.</summary>
public sealed record Update(long UpdateId)
{
    public Message? Message { get; init; }

    public Message? EditedMessage { get; init; }

    public CallbackQuery? CallbackQuery { get; init; }

    public ChatMemberUpdated? MyChatMember { get; init; }

    /// <summary>The name that allowed_updates knows this kind by.</summary>
    internal string Kind() => this switch
    {
        { Message: not null } => "message",
        { EditedMessage: not null } => "edited_message",
        { CallbackQuery: not null } => "callback_query",
        { MyChatMember: not null } => "my_chat_member",
        _ => throw new InvalidOperationException($"Update {UpdateId} has no content."),
    };
}

public sealed record CallbackQuery(string Id, User From, string ChatInstance)
{
    public Message? Message { get; init; }

    public string? Data { get; init; }
}

public sealed record ChatMemberUpdated(Chat Chat, User From, long Date, ChatMember OldChatMember, ChatMember NewChatMember);
