namespace Support.Tickets;

/// <summary>A name that calls its bearer where it is written.</summary>
internal static class Mention
{
    public static string Html(long person, string name) => $"<a href=\"tg://user?id={person}\">{Conversations.Html.Escape(name.Length == 0 ? "?" : name)}</a>";
}
