namespace Support.Replay;

/// <summary>Keeps the newest questions, whatever order the chats of the file stand in.</summary>
internal sealed class NewestQuestions(int most)
{
    private readonly PriorityQueue<HistoryQuestion, (DateTimeOffset, int)> _oldestFirst = new();

    /// <summary>How many there were in all.</summary>
    public int Found { get; private set; }

    public void Add(HistoryQuestion question)
    {
        Found++;
        // Of those without a date the later one in the file is the newer one.
        _oldestFirst.Enqueue(question, (question.At ?? DateTimeOffset.MinValue, Found));
        if (_oldestFirst.Count > most)
            _oldestFirst.Dequeue();
    }

    public IReadOnlyList<HistoryQuestion> NewestFirst()
    {
        var questions = new List<HistoryQuestion>(_oldestFirst.Count);
        while (_oldestFirst.TryDequeue(out var question, out _))
            questions.Add(question);
        questions.Reverse();
        return questions;
    }
}
