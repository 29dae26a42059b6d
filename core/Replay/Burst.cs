using System.Text;
using Support.Questions;
using Support.Retrieval;
using Support.Text;

namespace Support.Replay;

/// <summary>Messages that one person wrote one after the other: they are read together, as the desk reads them.</summary>
internal sealed class Burst(ExportedMessage first)
{
    /// <summary>Longer than the desk itself waits: a person who types on has not been answered yet.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    /// <summary>An answer after a weekend is one; after a week it is about something else.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>As long as a message can be. More is cut off: nobody asks with so many words.</summary>
    public const int LongestText = 4096;

    /// <summary>As many as the desk reads together.</summary>
    private const int MostMessages = 100;

    private readonly StringBuilder _text = new(first.Text);

    public string Person { get; } = first.FromId ?? "";

    public DateTimeOffset? BeganAt { get; } = first.At;

    public DateTimeOffset? LastAt { get; private set; } = first.At;

    public HashSet<long> Ids { get; } = [first.Id];

    public bool NeedsEyes { get; private set; } = first.HasMedium;

    public string Text => _text.ToString(0, Math.Min(_text.Length, LongestText)).Trim();

    /// <summary>Whether a message at this moment still belongs to it.</summary>
    public bool Takes(ExportedMessage message) => Ids.Count < MostMessages && (message.At is null || LastAt is null || message.At.Value - LastAt.Value <= Window);

    public void Add(ExportedMessage message)
    {
        // "Hello!" before a question and "thanks in advance" after it are no part of it.
        if (SmallTalk.Reply(Text) is not null)
            _text.Clear();
        if (message.Text.Length > 0 && _text.Length < LongestText && (_text.Length == 0 || SmallTalk.Reply(message.Text) is null))
            _text.Append(_text.Length > 0 ? "\n" : "").Append(message.Text);
        NeedsEyes |= message.HasMedium;
        LastAt = message.At ?? LastAt;
        Ids.Add(message.Id);
    }

    public bool IsAnsweredInTime(DateTimeOffset? at) => at is null || LastAt is null || at.Value - LastAt.Value <= Patience;

    /// <summary>Not a greeting or thanks, not a command, not words without anything to look for.</summary>
    public bool IsQuestion
    {
        get
        {
            var text = Text;
            return text.Length > 0 && text[0] != '/'
                && SmallTalk.Reply(text) is null
                && (AsksForPerson.Matches(text) || ReadQuestion.Of(Tokenizer.Tokens(text)).ContentWords > 0);
        }
    }
}
