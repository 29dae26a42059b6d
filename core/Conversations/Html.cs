using System.Text;

namespace Support.Conversations;

/// <summary>Escaping for Telegram's HTML mode. Text of customers and documents enters a message only through here.</summary>
public static class Html
{
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny('<', '>', '&') < 0 && !text.Contains('"'))
            return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
            _ = c switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '"' => escaped.Append("&quot;"),
                _ => escaped.Append(c),
            };
        return escaped.ToString();
    }
}
