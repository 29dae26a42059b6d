namespace Support.Replay;

/// <summary>A file that is no export of Telegram Desktop that can be replayed. The message is for the owner: what is wrong, and what to do.</summary>
public sealed class ExportException(string message) : Exception(message)
{
    public const string HowTo =
        "In Telegram Desktop open the chat, then ⋮ → Export chat history… → Format: Machine-readable JSON (or Settings → Advanced → Export Telegram data for all chats), and give the file result.json.";
}
