using Support.Confidence;
using Support.Conversations;
using Support.Questions;

namespace Support.Tickets;

/// <summary>The line on a card that says what its question went through before: asked which is meant, answered in vain, or not answered for a doubt.</summary>
internal static class WhatWasTried
{
    /// <summary>Of the line, escapes included.</summary>
    public const int Longest = 300;

    private const int LongestWords = 200;

    /// <returns>Null when there is nothing to say.</returns>
    public static string? Html(TicketRow ticket, string language)
    {
        var trace = QuestionTrace.Read(ticket.AskedTrace);
        return ticket.AskedDecision switch
        {
            "choose" => Chosen(ticket, trace, language),
            "answer" when ticket.AskedFeedback == "unhelpful" => Line(language, "card.tried.answer", ticket.AskedTitle ?? ""),
            "escalate" when ticket.Reason == Reasons.LowConfidence => Doubt(ticket, trace, language),
            _ => null,
        };
    }

    private static string Chosen(TicketRow ticket, QuestionTrace trace, string language) => ticket.AskedChosen switch
    {
        null => Phrases.Html(language, "card.tried.choose", trace.Titles?.Count),
        { } one when one >= 0 && one < trace.Titles?.Count => Line(language, "card.tried.chosen", trace.Titles[one]),
        // Named, for among the card's passages are others: for the staff.
        _ => Line(language, "card.tried.none", string.Join(Phrases.Plain(language, "card.tried.between"), trace.Titles ?? [])),
    };

    /// <summary>Told of what customers may read. Where the best for the staff is another passage, it would say of that one what is not so.</summary>
    private static string? Doubt(TicketRow ticket, QuestionTrace trace, string language) =>
        ticket.ReadPassages() is not [{ ForStaff: true }, ..] && Explain.Doubt(trace.Shares, trace.Missing ?? [], language) is { } doubt
            ? Line(language, "card.doubt", doubt)
            : null;

    // The words are escaped here, as they are cut; so they go in as they are.
    private static string Line(string language, string key, string words) => Phrases.Plain(language, key, Excerpt.Html(words, LongestWords));
}
