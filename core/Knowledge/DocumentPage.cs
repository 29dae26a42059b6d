using System.Text;
using Support.Conversations;
using Support.Database;
using Support.Knowledge.Written;

namespace Support.Knowledge;

/// <summary>Some of the published documents, by name, as one message of /docs.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Total">Documents on all pages.</param>
internal sealed record DocumentPage(int Number, int Total, IReadOnlyList<ListedDocument> Documents)
{
    /// <summary>With names of this length a page fits into one message, whatever is in them: an escaped character takes six units at most.</summary>
    public const int Size = 8;
    private const int LongestName = 60;

    private const string Count = "select count(*)::int from document where removed_at is null and published_version is not null";

    private const string List =
        $"""
        select d.id, d.name, d.audience, d.published_version as version, (select count(*)::int from chunk c where c.document_id = d.id) as chunks, {WrittenPage.CountOfDocument} as written
        from document d where d.removed_at is null and d.published_version is not null
        order by d.name, d.id limit @size offset @skipped
        """;

    /// <summary>The page with this number; the last one when there are fewer by now.</summary>
    public static async Task<DocumentPage> ReadAsync(TenantTransaction transaction, long number, CancellationToken cancellation)
    {
        var total = await transaction.FirstAsync<int>(Count, null, cancellation);
        var page = (int)Math.Clamp(number, 0, Math.Max(0, (total - 1) / Size));
        var documents = await transaction.QueryAsync<ListedDocument>(List, new { tenant = transaction.Tenant.Value, size = Size, skipped = page * Size }, cancellation);
        return new DocumentPage(page, total, documents);
    }

    private int Pages => (Total + Size - 1) / Size;

    public string Html(string language)
    {
        if (Documents.Count == 0)
            return Phrases.Html(language, "docs.none");
        var text = new StringBuilder(Phrases.Html(language, "docs.list", Total));
        for (var i = 0; i < Documents.Count; i++)
            text.Append('\n').Append(PlaceOf(i)).Append(". ").Append(Line(language, Documents[i]));
        if (Pages > 1)
            text.Append("\n\n").Append(Phrases.Html(language, "docs.page", Number + 1, Pages));
        return text.ToString();
    }

    private static string Line(string language, ListedDocument document) =>
        Phrases.Html(language, "docs.item", EndOf(document.Name), document.Chunks, document.Version)
        + (document.Audience == (short)Audience.Staff ? $" ({Phrases.Html(language, "docs.staff")})" : "");

    /// <summary>Of a long path the end says most.</summary>
    private static string EndOf(string name)
    {
        if (name.Length <= LongestName)
            return name;
        var start = name.Length - LongestName + 1;
        return "…" + name[(char.IsLowSurrogate(name[start]) ? start + 1 : start)..];
    }

    private int PlaceOf(int index) => Number * Size + index + 1;

    public Keyboard? Buttons(string language)
    {
        if (Documents.Count == 0)
            return null;
        var rows = Documents.Select((document, i) => (IReadOnlyList<Button>)
        [
            new Button(Phrases.Plain(language, "docs.replace", PlaceOf(i)), DocumentButtons.Of(document.Id, "new")),
            new Button(Phrases.Plain(language, "docs.remove", PlaceOf(i)), DocumentButtons.Of(document.Id, "ask")),
            .. document.Written == 0 ? [] : (Button[])[new Button(Phrases.Plain(language, "docs.questions", PlaceOf(i)), DocumentButtons.Of(document.Id, "questions"))],
        ]).ToList();
        var turns = new List<Button>();
        if (Number > 0)
            turns.Add(new Button(Phrases.Plain(language, "button.previous"), DocumentButtons.Of(Number - 1, "page")));
        if (Number + 1 < Pages)
            turns.Add(new Button(Phrases.Plain(language, "button.next"), DocumentButtons.Of(Number + 1, "page")));
        if (turns.Count > 0)
            rows.Add(turns);
        return new Keyboard(rows);
    }
}

internal sealed record ListedDocument(long Id, string Name, short Audience, int Version, int Chunks, int Written);
