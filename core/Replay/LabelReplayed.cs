using Support.Database;
using Support.Generation.Guards;
using Support.Labels;
using Support.Models;
using Support.Questions;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Replay;

/// <summary>
/// The owner says whether a passage answers a question of the history, or which of several. The question is asked again, so that what is kept with the
/// label is what the desk itself sees; of the history only the question's own words are kept. The last word counts.
/// </summary>
public sealed class LabelReplayed(DeskDatabase database, FindPassages passages, TimeProvider clock)
{
    /// <param name="chunk">The passage, as the replay named it.</param>
    /// <returns>False when the question does not find this passage any more: the documents have changed.</returns>
    public async Task<bool> SayAsync(TenantId tenant, string question, long chunk, LabelVerdict verdict, CancellationToken cancellation)
    {
        var found = await AskAsync(tenant, question, cancellation);
        if (found.Of(chunk) is not { } passage)
            return false;
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        await AddAsync(transaction, question, found, passage, verdict, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Means what a customer's own choice in a chat means.</summary>
    /// <param name="first">The passage that the replay found first.</param>
    /// <param name="chosen">One of the choices; null for none of them.</param>
    /// <returns>False when the question does not find these passages any more: the documents have changed.</returns>
    public async Task<bool> ChooseAsync(TenantId tenant, string question, long first, long? chosen, CancellationToken cancellation)
    {
        var found = await AskAsync(tenant, question, cancellation);
        var meant = chosen is { } chunk ? found.Of(chunk) : null;
        // A model that judges may put another one first now; what was offered was offered all the same.
        if (found.Of(first) is not { } offered || (meant is null && chosen is not null))
            return false;
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        await LabelStore.ForgetAsync(transaction, question, LabelSources.Replay, cancellation);
        foreach (var (passage, verdict) in ChoiceLabels.Of(offered, meant))
            await AddAsync(transaction, question, found, passage, verdict, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async Task<Found> AskAsync(TenantId tenant, string question, CancellationToken cancellation)
    {
        DeskNow now;
        await using (var transaction = await database.BeginAsync(tenant, cancellation))
            now = await DeskNow.ReadAsync(transaction, cancellation);
        return new Found(await passages.ForCustomersAsync(tenant, question, now.Change, new Placeholders(), new ModelUse(tenant), cancellation), now.Change);
    }

    private async Task AddAsync(TenantTransaction transaction, string question, Found found, Passage passage, LabelVerdict verdict, CancellationToken cancellation)
    {
        // Features and confidence tell of the first passage only. Said of another one, the label waits until that one is first.
        var isFirst = passage.ChunkId == found.First?.ChunkId;
        var label = new NewLabel(
            null, question, PassageHash.Of(passage.Title, passage.Text), verdict, LabelSources.Replay,
            isFirst ? found.Retrieved.Features : new Dictionary<string, double>(), isFirst ? found.Retrieved.Confidence : 0, found.Knowledge, isFirst, null);
        await LabelStore.AddAsync(transaction, label, clock.GetUtcNow(), cancellation);
    }

    private sealed record Found(Retrieved Retrieved, long Knowledge)
    {
        public Passage? First => Retrieved.Passages.Count > 0 ? Retrieved.Passages[0] : null;

        public Passage? Of(long chunk) => Retrieved.Passages.FirstOrDefault(passage => passage.ChunkId == chunk);
    }
}
