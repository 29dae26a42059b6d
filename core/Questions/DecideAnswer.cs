using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Generation;
using Support.Knowledge;
using Support.Retrieval;
using Support.Tenants;
using Support.Tickets;

namespace Support.Questions;

/// <summary>Answer, ask which is meant, ask back, or hand over: the same for a chat, for the HTTP door and for measuring.</summary>
public sealed partial class DecideAnswer(IKnowledgeIndex index, IOptions<ConfidenceOptions> confidence, ILogger<DecideAnswer> logger)
{
    // "What?" once and once more; whoever has not been understood then is not helped by a third time.
    private const int MostAsks = 2;

    // A threshold above it, a tenant's or the desk's, lets nothing be answered.
    private const double AsSureAsItGets = .99;

    private static readonly Retrieved Nothing = new([], 0, new Dictionary<string, double>(), 0, 0);

    /// <summary>A question that stands alone.</summary>
    /// <inheritdoc cref="DecideAsync(TenantId, string, string, long, TenantConfidence, int, Earlier?, CancellationToken)"/>
    public Task<Decided> DecideAsync(TenantId tenant, string question, string language, long atLeast, TenantConfidence judged, int askedBackBefore, CancellationToken cancellation) =>
        DecideAsync(tenant, question, language, atLeast, judged, askedBackBefore, earlier: null, cancellation);

    /// <param name="atLeast">The knowledge change number that must be visible.</param>
    /// <param name="judged">What the tenant's owner chose and its labels tell.</param>
    /// <param name="askedBackBefore">How often in a row the bot has already asked what is meant, and was not told by a choice.</param>
    /// <param name="earlier">What the conversation was about; null if that is long ago.</param>
    public async Task<Decided> DecideAsync(
        TenantId tenant, string question, string language, long atLeast, TenantConfidence judged, int askedBackBefore, Earlier? earlier, CancellationToken cancellation)
    {
        if (AsksForPerson.Matches(question))
            return new Decided(new Decision.Escalate(Reasons.CustomerAsked, null), Nothing, language, false);
        if (SmallTalk.Reply(question) is { } word)
            return new Decided(new Decision.AskBack(word), Nothing, language, false);
        if (await SearchAsync(tenant, Audience.Customers, question, atLeast, cancellation) is not { } found)
            return new Decided(new Decision.Escalate(Reasons.ModelFailed, null), Nothing, language, false);
        if (found.ContentWords > 0)
            return await JudgeAsync(tenant, question, language, atLeast, judged, askedBackBefore, found, cancellation);
        return earlier is not null && question.Length > 0
            ? await FollowUpAsync(tenant, question, language, atLeast, judged, askedBackBefore, earlier, cancellation)
            : AskBack(question, language, askedBackBefore);
    }

    private async Task<Decided> JudgeAsync(
        TenantId tenant, string question, string language, long atLeast, TenantConfidence judged, int askedBackBefore, Retrieved found, CancellationToken cancellation)
    {
        var isSure = found.Passages.Count > 0 && judged.MayAnswer(found.Confidence, confidence.Value);
        return Of(question, found, isSure, MayOffer(judged, askedBackBefore)) is { } decision
            ? new Decided(decision, found, language, false)
            : await HandOverAsync(tenant, question, language, atLeast, found, cancellation);
    }

    /// <summary>Of a question that was understood: a choice, an answer, or null for a person.</summary>
    /// <param name="isSure">The confidence is enough for an answer.</param>
    public static Decision? Of(string question, Retrieved found, bool isSure, bool mayOffer)
    {
        if (found.Passages.Count == 0)
            return null;
        if (mayOffer && Siblings.ToChooseFrom(found, isSure) is { Count: > 0 } among)
            return new Decision.Choose(among);
        return isSure ? new Decision.Answer(ExtractiveAnswer.Write(question, found.Passages[0], found.Thesaurus), found.Passages[0]) : null;
    }

    /// <summary>An owner who lets nothing be answered, however sure it is, wants no answers by way of a choice either.</summary>
    private bool MayOffer(TenantConfidence judged, int askedBackBefore) =>
        confidence.Value.Choices && askedBackBefore < MostAsks && judged.MayAnswer(AsSureAsItGets, confidence.Value);

    /// <summary>Says nothing without what was said before. What the customer has read already is not sent again: what is unclear about it is asked once, then a person is.</summary>
    private async Task<Decided> FollowUpAsync(
        TenantId tenant, string question, string language, long atLeast, TenantConfidence judged, int askedBackBefore, Earlier earlier, CancellationToken cancellation)
    {
        var whole = earlier.Text + "\n" + question;
        if (await SearchAsync(tenant, Audience.Customers, whole, atLeast, cancellation) is not { } found)
            return new Decided(new Decision.Escalate(Reasons.ModelFailed, null), Nothing, language, false) { Searched = whole };
        if (found.ContentWords == 0)
            return AskBack(question, language, askedBackBefore);
        if (found.Passages.Count > 0 && earlier.Shown.Contains(found.Passages[0].ChunkId))
            return new Decided(
                earlier.WasAskedBack ? new Decision.Escalate(Reasons.Repeated, null) : new Decision.AskBack("ask.unclear"), found, language, false)
            { Searched = whole };
        return await JudgeAsync(tenant, whole, language, atLeast, judged, askedBackBefore, found, cancellation) with { Searched = whole };
    }

    private static Decided AskBack(string question, string language, int askedBackBefore) => askedBackBefore < MostAsks
        ? new Decided(new Decision.AskBack(question.Length == 0 ? "ask.again" : "ask.more"), Nothing, language, false)
        : new Decided(new Decision.Escalate(Reasons.Repeated, null), Nothing, language, false);

    /// <summary>The admins' draft may come from documents for staff; customers' confidence stays what it was.</summary>
    private async Task<Decided> HandOverAsync(TenantId tenant, string question, string language, long atLeast, Retrieved forCustomers, CancellationToken cancellation)
    {
        var reason = forCustomers.Passages.Count == 0 ? Reasons.NothingFound : Reasons.LowConfidence;
        if (await SearchAsync(tenant, Audience.Staff, question, atLeast, cancellation) is not { } forStaff)
            return new Decided(new Decision.Escalate(reason, null), forCustomers, language, false);
        var draft = forStaff.Passages.Count > 0 ? ExtractiveAnswer.Write(question, forStaff.Passages[0], forStaff.Thesaurus) : null;
        // Why the customer got no answer is told by what customers may read.
        var shown = forCustomers with { Passages = forStaff.Passages };
        return new Decided(new Decision.Escalate(reason, draft), shown, language, forStaff.Passages.Any(p => p.Audience == Audience.Staff));
    }

    /// <summary>For a question whose customer wanted none of the passages offered: as for any that is handed over, but nothing is drafted from what was refused.</summary>
    /// <returns>Null when the index failed; that has been logged.</returns>
    public async Task<TicketDraft?> DraftAsync(TenantId tenant, string question, long atLeast, IReadOnlyList<CitedPassage> refused, CancellationToken cancellation)
    {
        if (await SearchAsync(tenant, Audience.Staff, question, atLeast, cancellation) is not { } found)
            return null;
        // Customers saw titles: what else stands under one of them was refused with it.
        var best = found.Passages.FirstOrDefault(passage => !refused.Any(one => one.Chunk == passage.ChunkId || (one.Title.Length > 0 && one.Title == passage.Title)));
        return new TicketDraft(best is null ? null : ExtractiveAnswer.Write(question, best, found.Thesaurus), best?.ChunkId, TicketPassage.Of(found.Passages));
    }

    /// <returns>Null when the index failed; that has been logged.</returns>
    internal async Task<Retrieved?> SearchAsync(TenantId tenant, Audience audience, string question, long atLeast, CancellationToken cancellation)
    {
        try
        {
            return await index.SearchAsync(tenant, audience, question, atLeast, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException && !Database.DeskDatabase.IsAway(e))
        {
            Log.RetrievalFailed(logger, tenant, e);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Retrieval failed for tenant {Tenant}; the question goes to a person.")]
        public static partial void RetrievalFailed(ILogger logger, TenantId tenant, Exception e);
    }
}
