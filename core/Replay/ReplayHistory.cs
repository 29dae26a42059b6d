using Support.Conversations;
using Support.Database;
using Support.Generation;
using Support.Knowledge;
using Support.Labels;
using Support.Questions;
using Support.Retrieval;
using Support.Tenants;
using Support.Text;

namespace Support.Replay;

/// <summary>
/// Asks the desk of today what people were asked before: what it would answer, ask back and hand over, beside what they answered then. Nobody is
/// written to, and nothing of the file is kept.
/// </summary>
public sealed class ReplayHistory(DeskDatabase database, DecideAnswer decide)
{
    /// <param name="last">How many of the newest questions.</param>
    /// <param name="staff">See <see cref="ReadHistory"/>.</param>
    /// <exception cref="ExportException">It is no export that can be read.</exception>
    public async Task<Replayed> RunAsync(TenantId tenant, Stream file, int last, IReadOnlyList<string> staff, CancellationToken cancellation)
    {
        var history = await new ReadHistory(last, staff).FromAsync(file, cancellation);
        DeskNow now;
        await using (var transaction = await database.BeginAsync(tenant, cancellation))
            now = await DeskNow.ReadAsync(transaction, cancellation);
        var asked = new List<AskedAgain>(history.Questions.Count);
        // One after the other: customers are being answered meanwhile.
        foreach (var question in history.Questions)
            asked.Add(await AskAsync(tenant, question, now, cancellation));
        IReadOnlyDictionary<string, LabelVerdict> said;
        await using (var transaction = await database.BeginAsync(tenant, cancellation))
            said = await SaidBefore.ReadAsync(transaction, asked, cancellation);
        return Replayed.Of(history, [.. asked.Select(one => one.Told(said))]);
    }

    private async Task<AskedAgain> AskAsync(TenantId tenant, HistoryQuestion question, DeskNow now, CancellationToken cancellation)
    {
        var language = LanguageGuess.Of(question.Text) ?? LanguageGuess.English;
        // As in a chat: what the desk cannot see may say something that the words beside it do not.
        if (question.NeedsEyes)
            return new AskedAgain(question, "escalate", Reasons.UnsupportedMedia, null, language, 0, null);
        var decided = await decide.DecideAsync(new QuestionToDecide(tenant, question.Text, language, now.Change, now.Judged), cancellation);
        var first = await FirstForCustomersAsync(tenant, question.Text, decided, now, cancellation);
        var (reason, says) = decided.Decision switch
        {
            Decision.Answer answer => (null, answer.Text),
            Decision.AskBack back => (null, Phrases.Plain(language, back.PhraseKey)),
            Decision.Escalate escalate => (escalate.Reason, first is null ? null : ExtractiveAnswer.Write(question.Text, first, decided.Retrieved.Thesaurus)),
            Decision.Choose choose => (null, string.Join("\n", Siblings.TitlesOf(choose.Among))),
            var other => throw new InvalidOperationException($"Unexpected decision {other.Name}."),
        };
        return new AskedAgain(question, decided.Decision.Name, reason, says, language, decided.Retrieved.Confidence, first) { Among = decided.Decision is Decision.Choose offered ? offered.Among : [] };
    }

    /// <summary>Of what is handed over, admins see documents for staff as well; here it is judged what customers would read.</summary>
    private async Task<Passage?> FirstForCustomersAsync(TenantId tenant, string question, Decided decided, DeskNow now, CancellationToken cancellation)
    {
        var passages = decided.Retrieved.Passages;
        if (passages.Count > 0 && decided.Decision is Decision.Escalate)
            passages = (await decide.SearchAsync(tenant, Audience.Customers, question, now.Change, cancellation))?.Passages ?? [];
        return passages.Count > 0 ? passages[0] : null;
    }
}
