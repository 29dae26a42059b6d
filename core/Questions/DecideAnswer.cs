using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Generation;
using Support.Generation.Caching;
using Support.Generation.Guards;
using Support.Generation.Rewriting;
using Support.Generation.Writing;
using Support.Knowledge;
using Support.Models;
using Support.Retrieval;
using Support.Tenants;
using Support.Text;
using Support.Tickets;

namespace Support.Questions;

/// <summary>Answer, ask which is meant, ask back, or hand over: the same for a chat, for the HTTP door and for measuring.</summary>
public sealed partial class DecideAnswer(
    IKnowledgeIndex index, FindPassages passages, RewriteQuestion rewrite, WriteAnswer write, AnswerCache cache, IOptions<ConfidenceOptions> confidence, IOptions<GenerationOptions> generation, TimeProvider clock, ILogger<DecideAnswer> logger)
{
    // "What?" once and once more; whoever has not been understood then is not helped by a third time.
    private const int MostAsks = 2;

    // A threshold above it, a tenant's or the desk's, lets nothing be answered.
    private const double AsSureAsItGets = .99;

    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(5);

    private static readonly Retrieved Nothing = new([], 0, new Dictionary<string, double>(), 0, 0);

    public async Task<Decided> DecideAsync(QuestionToDecide asked, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Left(generation.Value.Patience - asked.Spent), clock);
        if (asked.Use is { } use)
            use.Patience = patience.Token;
        asked = asked with { Account = asked.Account ?? asked.Use };
        // Without any model nothing is asked what only concerns models.
        if (!write.IsThere && !rewrite.IsThere && !passages.AreJudged)
            asked = asked with { Use = null };
        // What speaks to the model is for the documents' own words, or for a person; in two messages as well.
        if (asked.Use is not null && InjectionSigns.Of(asked.Earlier is { } before ? before.Text + "\n" + asked.Text : asked.Text).IsAttempt)
            asked = asked with { Use = null };
        if (AsksForPerson.Matches(asked.Text))
            return new Decided(new Decision.Escalate(Reasons.CustomerAsked, null), Nothing, asked.Language, false);
        if (SmallTalk.Reply(asked.Text) is { } word)
            return new Decided(new Decision.AskBack(word), Nothing, asked.Language, false);
        var hidden = new Placeholders();
        if (await RewriteAsync(asked, hidden, cancellation) is { } whole)
            return await DecideWholeAsync(asked, whole, hidden, cancellation);
        if (await FindAsync(asked, asked.Text, hidden, cancellation) is not { } found)
            return new Decided(new Decision.Escalate(Reasons.ModelFailed, null), Nothing, asked.Language, false) { Use = asked.Use };
        if (found.ContentWords > 0)
            return await JudgeAsync(asked, asked.Text, found, hidden, cancellation);
        return asked.Earlier is not null && asked.Text.Length > 0 ? await FollowUpAsync(asked, asked.Earlier, hidden, cancellation) : AskBack(asked);
    }

    private async Task<string?> RewriteAsync(QuestionToDecide asked, Placeholders hidden, CancellationToken cancellation) =>
        asked is { Use: { } use, Earlier: { } earlier } ? await rewrite.RewriteAsync(asked.Text, earlier.Text, hidden, use, cancellation) : null;

    /// <summary>A follow-up that was made whole by a model.</summary>
    private async Task<Decided> DecideWholeAsync(QuestionToDecide asked, string whole, Placeholders hidden, CancellationToken cancellation) =>
        await FindAsync(asked, whole, hidden, cancellation) is { } found
            ? (SeenBefore(asked, found) ?? await JudgeAsync(asked, whole, found, hidden, cancellation)) with { Searched = whole }
            : new Decided(new Decision.Escalate(Reasons.ModelFailed, null), Nothing, asked.Language, false) { Searched = whole, Use = asked.Use };

    private async Task<Decided> JudgeAsync(QuestionToDecide asked, string question, Retrieved found, Placeholders hidden, CancellationToken cancellation)
    {
        var isSure = found.Passages.Count > 0 && asked.Judged.MayAnswer(found, confidence.Value);
        return Of(question, found, isSure, MayOffer(asked)) switch
        {
            null => await HandOverAsync(asked, question, found, cancellation),
            Decision.Answer plain when asked.Use is { } use => await WriteAsync(asked, question, found, plain, hidden, use, cancellation),
            var decision => new Decided(decision, found, asked.Language, false) { Use = asked.Use },
        };
    }

    /// <summary>By a model, where one is there and says nothing that the passages do not; else in the first passage's own words.</summary>
    private async Task<Decided> WriteAsync(QuestionToDecide asked, string question, Retrieved found, Decision.Answer plain, Placeholders hidden, ModelUse use, CancellationToken cancellation)
    {
        if (!write.IsThere)
            return new Decided(plain, found, asked.Language, false) { Use = use };
        if (found.Kept is { } kept)
            return Given(asked, found, kept.Text, kept.Cited, "kept");
        var written = await write.AnswerAsync(question, found, hidden, use, asked.Show, cancellation);
        return await WrittenAsync(asked, question, found, plain, written, use, cancellation) with { Sentences = written.Sentences };
    }

    private async Task<Decided> WrittenAsync(QuestionToDecide asked, string question, Retrieved found, Decision.Answer plain, Written written, ModelUse use, CancellationToken cancellation)
    {
        switch (written)
        {
            case Written.Answered answered:
                await KeepAsync(asked, question, found, answered, cancellation);
                return Given(asked, found, answered.Text, answered.Cited, "answered");
            case Written.NotAnswerable not:
                return await HandOverAsync(asked, question, found, cancellation) with { Written = "not answerable: " + not.Missing };
            case Written.Refused refused:
                return (await HandOverAsync(asked, question, found, cancellation)).Because(Reasons.NotSupported) with { Written = "refused: " + refused.Why };
            default:
                return new Decided(plain, found, asked.Language, false) { Use = use, Written = "failed" };
        }
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

    /// <summary>What is cited first comes first: thumbs and labels are about that passage.</summary>
    private static Decided Given(QuestionToDecide asked, Retrieved found, string text, IReadOnlyList<Passage> cited, string written) => new(
        new Decision.Answer(text, cited[0]) { Further = [.. cited.Skip(1)] },
        found with { Passages = [cited[0], .. found.Passages.Where(passage => passage.ChunkId != cited[0].ChunkId)] },
        asked.Language,
        false)
    { Use = asked.Use, Written = written };

    /// <summary>An answer that cannot be kept is an answer all the same.</summary>
    private async Task KeepAsync(QuestionToDecide asked, string question, Retrieved found, Written.Answered answered, CancellationToken cancellation)
    {
        // The next one may be judged.
        if (found.LacksVerdicts)
            return;
        try
        {
            var verdicts = VerdictFeatures.Names.Where(found.Features.ContainsKey).ToDictionary(name => name, name => found.Features[name]);
            await cache.KeepAsync(asked.Tenant, question, asked.Language, new KeptAnswer(answered.Text, answered.Cited, [.. found.Passages.Select(passage => passage.ChunkId)], verdicts), cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotKept(logger, asked.Tenant, e);
        }
    }

    /// <summary>An owner who lets nothing be answered, however sure it is, wants no answers by way of a choice either.</summary>
    private bool MayOffer(QuestionToDecide asked) =>
        confidence.Value.Choices && asked.AskedBackBefore < MostAsks && asked.Judged.MayAnswer(AsSureAsItGets, confidence.Value);

    /// <summary>Says nothing without what was said before. What the customer has read already is not sent again: what is unclear about it is asked once, then a person is.</summary>
    private async Task<Decided> FollowUpAsync(QuestionToDecide asked, Earlier earlier, Placeholders hidden, CancellationToken cancellation)
    {
        var whole = earlier.Text + "\n" + asked.Text;
        if (await FindAsync(asked, whole, hidden, cancellation) is not { } found)
            return new Decided(new Decision.Escalate(Reasons.ModelFailed, null), Nothing, asked.Language, false) { Searched = whole, Use = asked.Use };
        if (found.ContentWords == 0)
            return AskBack(asked);
        return (SeenBefore(asked, found) ?? await JudgeAsync(asked, whole, found, hidden, cancellation)) with { Searched = whole };
    }

    /// <summary>A message without a word of its own leads to what the customer has read already: that is asked about once, then a person is.</summary>
    private static Decided? SeenBefore(QuestionToDecide asked, Retrieved found) =>
        asked.Earlier is { } earlier && found.Passages.Count > 0 && earlier.Shown.Contains(found.Passages[0].ChunkId) && ReadQuestion.Of(Tokenizer.Tokens(asked.Text)).ContentWords == 0
            ? new Decided(earlier.WasAskedBack ? new Decision.Escalate(Reasons.Repeated, null) : new Decision.AskBack("ask.unclear"), found, asked.Language, false) { Use = asked.Use }
            : null;

    /// <summary>Something is left for an answer, however long reading took.</summary>
    private static TimeSpan Left(TimeSpan left) => left < LeastPatience ? LeastPatience : left;

    private static Decided AskBack(QuestionToDecide asked) => asked.AskedBackBefore < MostAsks
        ? new Decided(new Decision.AskBack(asked.Text.Length == 0 ? "ask.again" : "ask.more"), Nothing, asked.Language, false)
        : new Decided(new Decision.Escalate(Reasons.Repeated, null), Nothing, asked.Language, false);

    /// <summary>The admins' draft may come from documents for staff; customers' confidence stays what it was.</summary>
    private async Task<Decided> HandOverAsync(QuestionToDecide asked, string question, Retrieved forCustomers, CancellationToken cancellation)
    {
        var reason = forCustomers.Passages.Count == 0 ? Reasons.NothingFound : Reasons.LowConfidence;
        if (await ForStaffAsync(asked, question, forCustomers, cancellation) is not { } forStaff)
            return new Decided(new Decision.Escalate(reason, null), forCustomers, asked.Language, false) { Use = asked.Use };
        var draft = forStaff.Passages.Count > 0 ? ExtractiveAnswer.Write(question, forStaff.Passages[0], forStaff.Thesaurus) : null;
        // Why the customer got no answer is told by what customers may read.
        var shown = forCustomers with { Passages = forStaff.Passages };
        return new Decided(new Decision.Escalate(reason, draft), shown, asked.Language, forStaff.Passages.Any(p => p.Audience == Audience.Staff)) { Use = asked.Use };
    }

    /// <returns>Null when the index failed; that has been logged.</returns>
    private async Task<Retrieved?> ForStaffAsync(QuestionToDecide asked, string question, Retrieved forCustomers, CancellationToken cancellation) =>
        // What a model judged is in its order, and colleagues are shown what the words find.
        forCustomers.IsAllThereIs && !passages.AreJudged ? forCustomers : await SearchAsync(asked.Tenant, Audience.Staff, question, asked.AtLeast, cancellation);

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
    private async Task<Retrieved?> FindAsync(QuestionToDecide asked, string question, Placeholders hidden, CancellationToken cancellation)
    {
        try
        {
            return asked.Use is { } use
                ? await passages.ForAnswerAsync(asked.Tenant, question, asked.Language, asked.AtLeast, hidden, use, cancellation)
                : await passages.UnjudgedAsync(asked.Tenant, question, asked.AtLeast, asked.Account, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException && !Database.DeskDatabase.IsAway(e))
        {
            Log.RetrievalFailed(logger, asked.Tenant, e);
            return null;
        }
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

        [LoggerMessage(2, LogLevel.Warning, "An answer for tenant {Tenant} could not be kept for the next time it is asked.")]
        public static partial void NotKept(ILogger logger, TenantId tenant, Exception e);
    }
}
