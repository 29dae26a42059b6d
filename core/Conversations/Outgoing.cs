using System.Text.Json.Serialization;

namespace Support.Conversations;

/// <summary>
/// Something that must reach a chat. Stored in the outbox as JSON, so names are part of the memory: never rename one
/// without a migration. Texts are HTML in Telegram's subset; every inserted value is escaped with <see cref="Html"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SendText), "text")]
[JsonDerivedType(typeof(EditText), "edit")]
[JsonDerivedType(typeof(EditKeyboard), "keyboard")]
[JsonDerivedType(typeof(CopyMessage), "copy")]
[JsonDerivedType(typeof(CreateTopic), "topic")]
[JsonDerivedType(typeof(CloseTopic), "close-topic")]
[JsonDerivedType(typeof(ReopenTopic), "reopen-topic")]
public abstract record Outgoing
{
    private Outgoing() { }

    /// <param name="Html">At most 4,096 UTF-16 units after entities; the sender has split it before.</param>
    /// <param name="Plain"><paramref name="Html"/> is no HTML but goes out as it stands (<see cref="PlainText.FromHtml"/>), after the entities were refused.</param>
    public sealed record SendText(string Html, Keyboard? Keyboard = null, long? ReplyTo = null, long? Thread = null, bool Silent = false, bool Plain = false) : Outgoing;

    /// <param name="Plain">As in <see cref="SendText"/>.</param>
    public sealed record EditText(long MessageId, string Html, Keyboard? Keyboard = null, bool Plain = false) : Outgoing;

    public sealed record EditKeyboard(long MessageId, Keyboard? Keyboard) : Outgoing;

    /// <summary>A message copied from another chat, without a link to it: how files travel between a customer and the admins.</summary>
    public sealed record CopyMessage(long FromChat, long MessageId, long? ReplyTo = null, long? Thread = null) : Outgoing;

    /// <param name="Name">1–128 characters.</param>
    public sealed record CreateTopic(string Name) : Outgoing;

    public sealed record CloseTopic(long Thread) : Outgoing;

    public sealed record ReopenTopic(long Thread) : Outgoing;
}

/// <summary>Buttons under a message, row by row.</summary>
public sealed record Keyboard(IReadOnlyList<IReadOnlyList<Button>> Rows)
{
    public static Keyboard Of(params Button[][] rows) => new(rows);
}

/// <param name="Data">1–64 bytes of UTF-8 that come back in <see cref="Incoming.ButtonPressed"/>; null for a link.</param>
/// <param name="Url">A link to open; null for a button that comes back.</param>
public sealed record Button(string Text, string? Data = null, string? Url = null);
