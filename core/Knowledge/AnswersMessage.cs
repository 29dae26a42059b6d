using System.Text;
using Support.Conversations;
using Support.Tickets;

namespace Support.Knowledge;

/// <summary>What a document answers now, as its editor reads it.</summary>
/// <param name="Document">Null for several; then there are no questions of theirs.</param>
internal sealed record AnswersMessage(string Language, string? Document, IReadOnlyList<SuggestedQuestion> Questions, IReadOnlyList<(HandedOver Ticket, string Answer)> Past)
{
    // With these a message and its buttons stay readable on a phone.
    private const int LongestButton = 100;
    private const int LongestQuestion = 120;
    private const int LongestAnswer = 160;

    /// <returns>Nothing when there is nothing to tell.</returns>
    public IReadOnlyList<Outgoing.SendText> Build()
    {
        var messages = new List<Outgoing.SendText>();
        if (Questions.Count > 0)
            messages.Add(new Outgoing.SendText(
                Phrases.Html(Language, "document.answers", Document),
                new Keyboard([.. Questions.Select(one => (IReadOnlyList<Button>)[new Button(Excerpt.Line(one.Question, LongestButton), DocumentButtons.Of(one.Chunk.ChunkId, ShowAnswer.OfChunk))])])));
        if (Past.Count > 0)
            messages.AddRange(PastQuestions());
        return messages;
    }

    private IEnumerable<Outgoing.SendText> PastQuestions()
    {
        var shown = Past.Take(AnswerableNow.Shown).ToList();
        var text = new StringBuilder(Document is null ? Phrases.Html(Language, "documents.past") : Phrases.Html(Language, "document.past", Document));
        foreach (var (ticket, answer) in shown)
            text.Append("\n\n").Append(Phrases.Html(Language, ticket.IsOpen ? "document.past.open" : "document.past.item", ticket.Number, Excerpt.Line(ticket.Question, LongestQuestion), Excerpt.Line(answer, LongestAnswer)));
        if (Past.Count > shown.Count)
            text.Append("\n\n").Append(Phrases.Html(Language, "document.past.more", Past.Count - shown.Count));
        var buttons = shown.Select(one => new Button($"№ {one.Ticket.Number}", DocumentButtons.Of(one.Ticket.Id, ShowAnswer.OfTicket))).ToArray();
        var parts = MessageSplitter.Split(text.ToString());
        return parts.Select((part, i) => new Outgoing.SendText(part, i == parts.Count - 1 ? Keyboard.Of(buttons) : null));
    }
}
