using System.Text;

namespace Support.Replay;

/// <summary>A question with what is being written in answer to it.</summary>
internal sealed class Answered(Burst question)
{
    private readonly StringBuilder _answer = new();

    public Burst Question { get; } = question;

    /// <summary>Nothing was written yet, not even a file.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <param name="text">Empty for a file alone.</param>
    public void Add(string text)
    {
        IsEmpty = false;
        if (text.Length > 0 && _answer.Length < Burst.LongestText)
            _answer.Append(_answer.Length > 0 ? "\n" : "").Append(text);
    }

    public HistoryQuestion ToQuestion() => new(Question.BeganAt, Question.Text, Question.NeedsEyes, _answer.ToString(0, Math.Min(_answer.Length, Burst.LongestText)));
}
