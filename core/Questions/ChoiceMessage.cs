using Support.Conversations;
using Support.Tickets;

namespace Support.Questions;

/// <summary>"Which do you mean?" with a button for each passage, and one for a person.</summary>
public static class ChoiceMessage
{
    /// <summary>About what a telephone shows of a button in a line.</summary>
    public const int LongestButton = 60;

    /// <param name="titles">As <see cref="Siblings.TitlesOf"/> gives them, in the order in which they are counted.</param>
    public static Outgoing.SendText Build(string language, IReadOnlyList<string> titles, long question, long? replyTo, long? thread)
    {
        var ask = Phrases.Html(language, "choose.which");
        // Cut short they may look alike: then the text lists them whole, and the buttons begin with their numbers.
        var isListed = titles.Any(title => title.Length > LongestButton);
        var buttons = titles.Select((title, i) => new Button(isListed ? Excerpt.Plain($"{i + 1}. {title}", LongestButton) : title, $"a:{question}:pick:{i}"));
        var text = isListed ? ask + "\n\n" + string.Join('\n', titles.Select((title, i) => $"{i + 1}. {Html.Escape(Excerpt.Plain(title, LongestTitle))}")) : ask;
        Button[][] rows = [.. buttons.Select(button => new[] { button }), [new Button(Phrases.Plain(language, "choose.none"), $"a:{question}:none")]];
        return new Outgoing.SendText(text, Keyboard.Of(rows), replyTo, thread);
    }

    /// <summary>What the message says once it was answered.</summary>
    /// <param name="chosen">A title; null for none of them.</param>
    public static string Answered(string language, string? chosen) =>
        Phrases.Html(language, "choose.which") + "\n" + (chosen is null ? Phrases.Html(language, "choose.none.chosen") : Phrases.Html(language, "choose.chosen", Excerpt.Plain(chosen, LongestTitle)));

    // Three of these and the question stay within one message, whatever a document calls its sections.
    private const int LongestTitle = 400;
}
