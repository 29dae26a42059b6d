namespace Support.Replay;

/// <summary>
/// Finds what customers asked and people answered in an export, in one pass. Kept while it goes by: the newest questions, what can still be
/// replied to, and nothing else, so that the file may be of any size.
/// </summary>
/// <param name="last">How many of the newest questions are kept.</param>
/// <param name="staff">Names or from_ids ("user123") of those who answer; empty to guess.</param>
public sealed class ReadHistory(int last, IReadOnlyList<string> staff)
{
    private readonly NewestQuestions _found = new(last);
    private readonly StaffGuess _guess = new();
    private readonly HashSet<string> _met = new(StringComparer.OrdinalIgnoreCase);
    private ReplyCounts _answering = new();
    private int _chats;
    private long _messages;

    /// <exception cref="ExportException">It is no export, or broken before its first message.</exception>
    public async Task<History> FromAsync(Stream file, CancellationToken cancellation)
    {
        var reader = new ExportReader(file);
        ExportedChat? chat = null;
        IHistoryTalk? talk = null;
        await foreach (var message in reader.ReadAsync(cancellation))
        {
            if (message.Chat != chat)
            {
                End(talk);
                chat = message.Chat;
                talk = TalkOf(chat);
                _chats += talk is null ? 0 : 1;
            }
            if (talk is null)
                continue;
            _messages++;
            Meet(message);
            talk.Add(message);
        }
        End(talk);
        return new History(_found.NewestFirst(), _found.Found, _guess.Told(), _chats, _messages, Trouble(reader));
    }

    private void End(IHistoryTalk? talk)
    {
        talk?.End();
        _guess.Add(_answering.All((_, _) => true));
        _answering = new ReplyCounts();
    }

    /// <summary>Null for what no customer writes in: the owner's own notes, chats with bots, channels.</summary>
    private IHistoryTalk? TalkOf(ExportedChat chat)
    {
        if (chat.IsGroup)
            return new GroupTalk(chat, staff.Count > 0 ? IsNamed : null, _guess, last, _found);
        if (!chat.IsPrivate || chat.Partner == chat.Account)
            return null;
        // The export of a single chat may have been made from the customer's side; whoever is named tells.
        return new PrivateTalk(message => chat.Account is null && IsPartnerNamed(chat) ? message.FromId == chat.Partner : message.FromId != chat.Partner, _answering, _found);
    }

    private bool _partnerIsNamed;

    private bool IsPartnerNamed(ExportedChat chat) => _partnerIsNamed || staff.Contains(chat.Partner, StringComparer.OrdinalIgnoreCase);

    private bool IsNamed(string id, string? name) =>
        staff.Contains(id, StringComparer.OrdinalIgnoreCase) || (name is not null && staff.Contains(name, StringComparer.OrdinalIgnoreCase));

    private void Meet(ExportedMessage message)
    {
        if (staff.Count == 0 || message.FromId is not { } id || !IsNamed(id, message.From))
            return;
        // Of the names given only: one account may call itself anything, and differently each time.
        foreach (var name in staff)
            if (name.Equals(id, StringComparison.OrdinalIgnoreCase) || name.Equals(message.From, StringComparison.OrdinalIgnoreCase))
                _met.Add(name);
        _partnerIsNamed |= message.Chat.IsPrivate && message.Chat.Account is null && id == message.Chat.Partner;
    }

    private string? Trouble(ExportReader reader)
    {
        var unmet = staff.Where(name => !_met.Contains(name)).ToList();
        var sentences = new List<string>();
        if (reader.BrokenOff is { } where)
            sentences.Add($"{where}: what stands before was replayed. Export it again for the rest.");
        if (unmet.Count > 0)
            sentences.Add($"Nobody in this export is called {string.Join(" or ", unmet.Select(name => $"\"{name}\""))}. Write the name as Telegram shows it, or the number as in \"user123\".");
        return sentences.Count == 0 ? null : string.Join(" ", sentences);
    }
}
