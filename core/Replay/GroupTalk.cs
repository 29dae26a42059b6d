namespace Support.Replay;

/// <summary>
/// A group in which customers ask and colleagues answer by replying. Who is a colleague shows only at the end, from how many people each one
/// replied to, unless the owner named them; until then every reply to somebody else may be an answer.
/// </summary>
/// <param name="named">True of those whom the owner named; null when nobody was named.</param>
internal sealed class GroupTalk(ExportedChat chat, Func<string, string?, bool>? named, StaffGuess guess, int most, NewestQuestions found) : IHistoryTalk
{
    /// <summary>Messages that can still be replied to. In a busy group that is a day or more.</summary>
    private const int Remembered = 5000;

    /// <summary>Replies to one question that are kept until it is known whose they are.</summary>
    private const int MostReplies = 20;

    /// <summary>Characters of questions and replies that are kept until then: 32 MB.</summary>
    private const int MostKept = 16 * 1024 * 1024;

    private const int MostBots = 10_000;

    private readonly Dictionary<long, Asked> _byMessage = [];
    private readonly Queue<(long Message, Asked Asked)> _order = new();
    private readonly Dictionary<string, Asked> _lastOf = new(StringComparer.Ordinal);
    private readonly Queue<Asked> _asked = new();
    private readonly HashSet<string> _bots = new(StringComparer.Ordinal);
    private readonly ReplyCounts _counts = new();

    // Those that turn out not to be questions to the staff go at the end: enough of the rest must be left.
    private readonly int _mostAsked = Math.Max(2000, 10 * most);
    private int _kept;

    public void Add(ExportedMessage message)
    {
        if (message.FromId is not { } person)
            return;
        var isBot = message.IsByBot || StaffGuess.HasBotsName(message.From);
        if (isBot && _bots.Count < MostBots)
            _bots.Add(person);
        if (isBot || _bots.Contains(person) || (message.Text.Length == 0 && !message.HasMedium))
            return;
        if (message.ReplyTo is { } id && _byMessage.TryGetValue(id, out var replied) && replied.Burst.Person != person)
            Reply(replied, message, person);
        Remember(message, person);
    }

    private void Reply(Asked asked, ExportedMessage message, string person)
    {
        _counts.Count(message, asked.Burst.Person);
        if (!asked.Burst.IsAnsweredInTime(message.At))
            return;
        asked.IsReplied = true;
        // What was replied to takes no more messages: it will not become one.
        if (asked.IsDropped || !asked.Burst.IsQuestion)
            return;
        if (asked.Replies.Count == 0)
        {
            _asked.Enqueue(asked);
            _kept += asked.Burst.Text.Length;
        }
        if (asked.Replies.Count < MostReplies)
        {
            asked.Replies.Add((person, message.From, message.Text));
            _kept += LengthOf(asked.Replies[^1]);
        }
        while (_asked.Count > _mostAsked || _kept > MostKept)
            _kept -= _asked.Dequeue().Drop();
    }

    private void Remember(ExportedMessage message, string person)
    {
        if (_lastOf.TryGetValue(person, out var last) && !last.IsReplied && message.ReplyTo is null && last.Burst.Takes(message))
            last.Burst.Add(message);
        else
            _lastOf[person] = last = new Asked(new Burst(message));
        _byMessage[message.Id] = last;
        _order.Enqueue((message.Id, last));
        if (_order.Count > Remembered)
            Forget(_order.Dequeue());
    }

    private void Forget((long Message, Asked Asked) oldest)
    {
        // An id may have come again, and be somebody else's by now: in a damaged file, or where there are none and all are 0.
        if (_byMessage.TryGetValue(oldest.Message, out var named) && named == oldest.Asked)
            _byMessage.Remove(oldest.Message);
        if (_lastOf.TryGetValue(oldest.Asked.Burst.Person, out var newest) && newest == oldest.Asked)
            _lastOf.Remove(oldest.Asked.Burst.Person);
    }

    public void End()
    {
        bool IsStaff(string id, string? name) =>
            !_bots.Contains(id) && (id == chat.AnonymousAdmin || (named?.Invoke(id, name) ?? StaffGuess.Fits(_counts.Of(id), _counts.Most)));

        foreach (var asked in _asked)
        {
            if (IsStaff(asked.Burst.Person, null) || _bots.Contains(asked.Burst.Person))
                continue;
            var answered = new Answered(asked.Burst);
            var replies = asked.Replies.Where(reply => IsStaff(reply.Person, reply.Name)).ToList();
            foreach (var reply in replies)
                answered.Add(reply.Text);
            if (replies.Count > 0)
                found.Add(answered.ToQuestion());
        }
        guess.Add(_counts.All(IsStaff).Where(one => !_bots.Contains(one.Id)));
    }

    // Names count as well: an export may hold longer ones than texts.
    private static int LengthOf((string Person, string? Name, string Text) reply) => reply.Person.Length + (reply.Name?.Length ?? 0) + reply.Text.Length;

    private sealed class Asked(Burst burst)
    {
        public Burst Burst { get; } = burst;

        public List<(string Person, string? Name, string Text)> Replies { get; } = [];

        public bool IsReplied { get; set; }

        public bool IsDropped { get; private set; }

        /// <returns>How many characters were kept of it.</returns>
        public int Drop()
        {
            var kept = Burst.Text.Length + Replies.Sum(LengthOf);
            IsDropped = true;
            Replies.Clear();
            return kept;
        }
    }
}
