namespace Support.Replay;

/// <summary>A chat of the support account with one customer: whoever is not the partner answers.</summary>
/// <param name="isStaff">Whether the one of this from_id and name answers for the company.</param>
internal sealed class PrivateTalk(Func<ExportedMessage, bool> isStaff, ReplyCounts counts, NewestQuestions found) : IHistoryTalk
{
    /// <summary>What a customer wrote in pieces before anybody answered; older pieces were not what was answered.</summary>
    private const int MostWaiting = 8;

    private readonly List<Burst> _waiting = [];
    private Answered? _answered;

    public void Add(ExportedMessage message)
    {
        if (message.Text.Length == 0 && !message.HasMedium)
            return;
        if (isStaff(message))
            Answer(message);
        else
            Ask(message);
    }

    private void Ask(ExportedMessage message)
    {
        if (_answered is not null)
        {
            Close();
            // Passed over by whoever answered.
            _waiting.Clear();
        }
        if (_waiting is [.., var last] && last.Takes(message))
        {
            last.Add(message);
            return;
        }
        _waiting.Add(new Burst(message));
        if (_waiting.Count > MostWaiting)
            _waiting.RemoveAt(0);
    }

    private void Answer(ExportedMessage message)
    {
        var meant = message.ReplyTo is { } id ? _waiting.Find(burst => burst.Ids.Contains(id)) : null;
        if (_answered is null || meant is not null)
            Begin(meant ?? _waiting.FindLast(burst => burst.IsQuestion), isMeant: meant is not null);
        if (_answered is null)
            return;
        if (!_answered.Question.IsAnsweredInTime(message.At))
        {
            // Something else, days later: an offer, a reminder.
            if (_answered.IsEmpty)
                _answered = null;
            Close();
            return;
        }
        _answered.Add(message.Text);
        counts.Count(message, message.Chat.Partner);
    }

    /// <param name="question">Without a reply, the last thing that can be asked of documents: "?" and "hello?" after it only hurry.</param>
    private void Begin(Burst? question, bool isMeant)
    {
        Close();
        if (isMeant)
            _waiting.Remove(question!);
        else
            _waiting.Clear();
        if (question is { IsQuestion: true })
            _answered = new Answered(question);
    }

    private void Close()
    {
        if (_answered is not null)
            found.Add(_answered.ToQuestion());
        _answered = null;
    }

    public void End() => Close();
}
