using Support.Questions;
using Support.Retrieval;
using Support.Tenants;
using Support.Text;

namespace Support.Knowledge;

/// <summary>Which questions a document answers now: asked of the desk itself, as a customer would ask them.</summary>
public sealed class AnswerableNow(IKnowledgeIndex index, DecideAnswer decide, TimeProvider clock)
{
    /// <summary>Questions shown of either kind.</summary>
    public const int Shown = 5;

    /// <summary>Suggestions that are tried for them.</summary>
    private const int MostTried = 40;

    /// <summary>For both kinds together, of which the first takes half at most: the next document waits behind this one.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="version">Chunks of this version are new and come first.</param>
    /// <param name="handedOver">Newest first.</param>
    internal async Task<(IReadOnlyList<SuggestedQuestion> Questions, IReadOnlyList<(HandedOver Ticket, string Answer)> Past)> OfAsync(
        TenantId tenant, DeskNow now, long document, int version, IReadOnlyList<IndexedChunk> chunks, IReadOnlyList<HandedOver> handedOver, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        var questions = await SuggestAsync(tenant, now, version, chunks, since, cancellation);
        return (questions, await AmongAsync(tenant, now, new HashSet<long> { document }, handedOver, since, cancellation));
    }

    /// <summary>Questions that went to people before and that one of the documents answers now.</summary>
    /// <param name="handedOver">Newest first.</param>
    internal Task<IReadOnlyList<(HandedOver Ticket, string Answer)>> AmongAsync(
        TenantId tenant, DeskNow now, IReadOnlySet<long> documents, IReadOnlyList<HandedOver> handedOver, CancellationToken cancellation) =>
        AmongAsync(tenant, now, documents, handedOver, clock.GetTimestamp(), cancellation);

    /// <summary>Questions made from the document that it would answer, from different parts of it.</summary>
    private async Task<IReadOnlyList<SuggestedQuestion>> SuggestAsync(TenantId tenant, DeskNow now, int version, IReadOnlyList<IndexedChunk> chunks, long since, CancellationToken cancellation)
    {
        var suggested = SuggestQuestions.Of(chunks);
        var found = new List<SuggestedQuestion>();
        var tried = Spread([.. suggested.Where(one => one.Chunk.Version == version)]).Concat(Spread([.. suggested.Where(one => one.Chunk.Version != version)]));
        foreach (var one in tried.Take(MostTried))
        {
            if (found.Count == Shown || clock.GetElapsedTime(since) > Patience / 2)
                break;
            if (await AnswerAsync(tenant, now, one.Question, new HashSet<long> { one.Chunk.DocumentId }, cancellation) is not null)
                found.Add(one);
        }
        return found;
    }

    private async Task<IReadOnlyList<(HandedOver Ticket, string Answer)>> AmongAsync(
        TenantId tenant, DeskNow now, IReadOnlySet<long> documents, IReadOnlyList<HandedOver> handedOver, long since, CancellationToken cancellation)
    {
        var asked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var found = new List<(HandedOver, string)>();
        foreach (var ticket in handedOver)
        {
            if (clock.GetElapsedTime(since) > Patience)
                break;
            if (asked.Add(ticket.Asked) && await AnswerAsync(tenant, now, ticket.Question, documents, cancellation) is { } answer)
                found.Add((ticket, answer));
        }
        return found;
    }

    /// <summary>What a customer would be told; null when not from these documents.</summary>
    private async Task<string?> AnswerAsync(TenantId tenant, DeskNow now, string question, IReadOnlySet<long> documents, CancellationToken cancellation)
    {
        // One search tells of most questions that they are about something else.
        var found = await index.SearchAsync(tenant, Audience.Customers, question, now.Change, cancellation);
        if (found.Passages.Count == 0 || !documents.Contains(found.Passages[0].DocumentId))
            return null;
        var decided = await decide.DecideAsync(new QuestionToDecide(tenant, question, LanguageGuess.Of(question) ?? LanguageGuess.English, now.Change, now.Judged), cancellation);
        return decided.Decision is Decision.Answer { Text: var text, Cited.DocumentId: var cited } && documents.Contains(cited) ? text : null;
    }

    /// <summary>First some from all over the document, then those between them.</summary>
    private static IEnumerable<SuggestedQuestion> Spread(IReadOnlyList<SuggestedQuestion> all)
    {
        var step = Math.Max(1, all.Count / Shown);
        for (var from = 0; from < step; from++)
            for (var at = from; at < all.Count; at += step)
                yield return all[at];
    }
}
