using System.Text;
using Support.Conversations;
using Support.Database;
using Support.Tickets;

namespace Support.Knowledge.Written;

/// <summary>The questions written for some chunks of a document, each beside its chunk, as its editor reads them in a chat.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Total">Chunks with questions on all pages.</param>
internal sealed record WrittenPage(long Document, string Name, int Number, int Total, IReadOnlyList<AskedChunk> Chunks)
{
    /// <summary>With excerpts of this length a page fits into one message.</summary>
    private const int Size = 4;
    private const int LongestBeginning = 120;
    private const int LongestQuestion = 140;

    private const string With = "join chunk_questions q on q.tenant_id = @tenant and q.hash = c.embedded_hash and cardinality(q.questions) > 0";

    /// <summary>How many chunks of document d have some.</summary>
    public const string CountOfDocument = $"(select count(*)::int from chunk c {With} where c.document_id = d.id)";

    private const string Count = $"select d.name, {CountOfDocument} as total from document d where d.id = @document and d.removed_at is null";

    private const string List =
        $"select c.title, left(c.text, 400) as text, array_to_string(q.questions, E'\n') as questions from chunk c {With} where c.document_id = @document order by c.ordinal limit @size offset @skipped";

    /// <returns>The last page when there are fewer by now; null when the document is gone.</returns>
    public static async Task<WrittenPage?> ReadAsync(TenantTransaction transaction, long document, long number, CancellationToken cancellation)
    {
        var tenant = transaction.Tenant.Value;
        if (await transaction.FirstAsync<Counted>(Count, new { tenant, document }, cancellation) is not { } counted)
            return null;
        var page = (int)Math.Clamp(number, 0, Math.Max(0, (counted.Total - 1) / Size));
        var chunks = await transaction.QueryAsync<AskedChunk>(List, new { tenant, document, size = Size, skipped = page * Size }, cancellation);
        return new WrittenPage(document, counted.Name, page, counted.Total, chunks);
    }

    private int Pages => Math.Max(1, (Total + Size - 1) / Size);

    public string Html(string language)
    {
        var text = new StringBuilder(Phrases.Html(language, "docs.written", Excerpt.Line(Name, LongestBeginning)));
        foreach (var chunk in Chunks)
        {
            text.Append("\n\n<b>").Append(Conversations.Html.Escape(Excerpt.Line(chunk.Beginning, LongestBeginning))).Append("</b>");
            foreach (var question in chunk.Questions.Split('\n'))
                text.Append("\n• ").Append(Conversations.Html.Escape(Excerpt.Line(question, LongestQuestion)));
        }
        if (Pages > 1)
            text.Append("\n\n").Append(Phrases.Html(language, "docs.page", Number + 1, Pages));
        return text.ToString();
    }

    public Keyboard? Buttons(string language)
    {
        var turns = new List<Button>();
        if (Number > 0)
            turns.Add(new Button(Phrases.Plain(language, "button.previous"), DocumentButtons.Of(Document, ActionOf(Number - 1))));
        if (Number + 1 < Pages)
            turns.Add(new Button(Phrases.Plain(language, "button.next"), DocumentButtons.Of(Document, ActionOf(Number + 1))));
        return turns.Count > 0 ? Keyboard.Of([.. turns]) : null;
    }

    /// <summary>What a button that turns to this page says.</summary>
    private static string ActionOf(int page) => $"q{page}";

    /// <returns>Null when it is no such button.</returns>
    public static int? PageOf(string action) => action is ['q', .. var number] && int.TryParse(number, out var page) ? page : null;

    private sealed record Counted(string Name, int Total);
}

/// <param name="Questions">One a line.</param>
internal sealed record AskedChunk(string Title, string Text, string Questions)
{
    public string Beginning => Title.Length == 0 ? Text : ChunkDraft.LastHeading(Title) + ": " + Text;
}
