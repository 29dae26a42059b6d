using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Generation;
using Support.Knowledge;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Questions;

/// <summary>Answer, ask back, or hand over: the same for a chat, for the HTTP door and for measuring.</summary>
public sealed partial class DecideAnswer(IKnowledgeIndex index, IOptions<ConfidenceOptions> confidence, ILogger<DecideAnswer> logger)
{
    private static readonly Retrieved Nothing = new([], 0, new Dictionary<string, double>(), 0, 0);

    /// <param name="atLeast">The knowledge change number that must be visible.</param>
    /// <param name="judged">What the tenant's owner chose and its labels tell.</param>
    /// <param name="askedBackBefore">How often in a row the bot has already asked what is meant.</param>
    public async Task<Decided> DecideAsync(TenantId tenant, string question, string language, long atLeast, TenantConfidence judged, int askedBackBefore, CancellationToken cancellation)
    {
        if (AsksForPerson.Matches(question))
            return new Decided(new Decision.Escalate(Reasons.CustomerAsked, null), Nothing, language, false);
        if (SmallTalk.Reply(question) is { } word)
            return new Decided(new Decision.AskBack(word), Nothing, language, false);
        if (await SearchAsync(tenant, Audience.Customers, question, atLeast, cancellation) is not { } found)
            return new Decided(new Decision.Escalate(Reasons.ModelFailed, null), Nothing, language, false);
        if (found.ContentWords == 0)
            return askedBackBefore < 2
                ? new Decided(new Decision.AskBack(question.Length < 40 ? "ask.again" : "ask.more"), found, language, false)
                : new Decided(new Decision.Escalate(Reasons.Repeated, null), found, language, false);
        if (found.Passages.Count > 0 && judged.MayAnswer(found.Confidence, confidence.Value))
            return new Decided(new Decision.Answer(ExtractiveAnswer.Write(question, found.Passages[0]), found.Passages[0]), found, language, false);
        return await HandOverAsync(tenant, question, language, atLeast, found, cancellation);
    }

    /// <summary>The admins' draft may come from documents for staff; customers' confidence stays what it was.</summary>
    private async Task<Decided> HandOverAsync(TenantId tenant, string question, string language, long atLeast, Retrieved forCustomers, CancellationToken cancellation)
    {
        var reason = forCustomers.Passages.Count == 0 ? Reasons.NothingFound : Reasons.LowConfidence;
        if (await SearchAsync(tenant, Audience.Staff, question, atLeast, cancellation) is not { } forStaff)
            return new Decided(new Decision.Escalate(reason, null), forCustomers, language, false);
        var draft = forStaff.Passages.Count > 0 ? ExtractiveAnswer.Write(question, forStaff.Passages[0]) : null;
        var shown = forStaff with { Confidence = forCustomers.Confidence, Features = forCustomers.Features };
        return new Decided(new Decision.Escalate(reason, draft), shown, language, forStaff.Passages.Any(p => p.Audience == Audience.Staff));
    }

    /// <returns>Null when the index failed; that has been logged.</returns>
    private async Task<Retrieved?> SearchAsync(TenantId tenant, Audience audience, string question, long atLeast, CancellationToken cancellation)
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
