using Support.Conversations;
using Support.Retrieval;

namespace Support.Questions;

/// <summary>An answer as the customer sees it: the text, its source at the end, and buttons under the last part.</summary>
public static class AnswerMessage
{
    /// <param name="before">HTML that comes first; may be empty.</param>
    public static IReadOnlyList<Outgoing.SendText> Build(string language, Decision.Answer answer, string before, long question, long? replyTo, long? thread) =>
        Build(language, before + Html.Escape(answer.Text), string.Join('\n', SourceLines(language, [.. answer.AllCited])), question, replyTo, thread);

    public static IReadOnlyList<Outgoing.SendText> Build(string language, string text, Passage cited, long question, long? replyTo, long? thread) =>
        Build(language, text, cited.Source, cited.Link, question, replyTo, thread);

    public static IReadOnlyList<Outgoing.SendText> Build(string language, string text, string source, string? link, long question, long? replyTo, long? thread) =>
        Build(language, Html.Escape(text), SourceLine(language, source, link), question, replyTo, thread);

    /// <summary>One line, or one for each number that the text cites.</summary>
    private static IEnumerable<string> SourceLines(string language, IReadOnlyList<Passage> cited) => cited.Count == 1
        ? [SourceLine(language, cited[0].Source, cited[0].Link)]
        : cited.Select((passage, i) => $"[{i + 1}] {SourceLine(language, passage.Source, passage.Link)}");

    private static string SourceLine(string language, string source, string? link) => IsWebLink(link)
        ? Phrases.Html(language, "answer.source.link", source, link)
        : Phrases.Html(language, "answer.source", source);

    private static IReadOnlyList<Outgoing.SendText> Build(string language, string html, string sources, long question, long? replyTo, long? thread)
    {
        var parts = MessageSplitter.Split(html + "\n\n" + sources);
        return [.. parts.Select((part, i) => new Outgoing.SendText(part, i == parts.Count - 1 ? Buttons(language, question) : null, i == 0 ? replyTo : null, thread))];
    }

    private static Keyboard Buttons(string language, long question) => Keyboard.Of(
        [new Button(Phrases.Plain(language, "button.helpful"), $"a:{question}:up"), new Button(Phrases.Plain(language, "button.unhelpful"), $"a:{question}:down")],
        [new Button(Phrases.Plain(language, "button.source"), $"a:{question}:source"), new Button(Phrases.Plain(language, "button.human"), $"a:{question}:human")]);

    /// <summary>Telegram refuses a message whose links are not web addresses; a document may carry anything.</summary>
    private static bool IsWebLink(string? link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && url.Host.Contains('.');
}
