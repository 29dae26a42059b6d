using System.Text;

namespace Support.Conversations;

/// <summary>What is left of an HTML text when Telegram refuses its entities: the words themselves, to be sent without parse_mode.</summary>
public static class PlainText
{
    public static string FromHtml(string html)
    {
        var text = new StringBuilder(html.Length);
        Span<char> units = stackalloc char[2];
        foreach (var token in HtmlTokens.Of(html))
            if (token.Kind == HtmlTokenKind.Character)
                text.Append(units[..token.Character.EncodeToUtf16(units)]);
        return text.ToString();
    }

    /// <summary>UTF-16 units after entities, as Telegram counts them.</summary>
    public static int LengthOf(string html) => HtmlTokens.Of(html).Sum(token => token.Units);
}
