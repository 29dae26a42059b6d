using Support.Database;
using Support.Generation.Guards;
using Support.Labels;
using Support.Models;
using Support.Questions;
using Support.Tenants;

namespace Support.Replay;

/// <summary>
/// The owner says whether a passage answers a question of the history. The question is asked again, so that what is kept with the label is what
/// the desk itself sees; of the history only the question's own words are kept.
/// </summary>
public sealed class LabelReplayed(DeskDatabase database, FindPassages passages, TimeProvider clock)
{
    /// <param name="chunk">The passage, as the replay named it.</param>
    /// <returns>False when the question does not find this passage any more: the documents have changed.</returns>
    public async Task<bool> SayAsync(TenantId tenant, string question, long chunk, LabelVerdict verdict, CancellationToken cancellation)
    {
        DeskNow now;
        await using (var transaction = await database.BeginAsync(tenant, cancellation))
            now = await DeskNow.ReadAsync(transaction, cancellation);
        var found = await passages.ForCustomersAsync(tenant, question, now.Change, new Placeholders(), new ModelUse(tenant), cancellation);
        if (found.Passages.FirstOrDefault(passage => passage.ChunkId == chunk) is not { } passage)
            return false;
        // Features and confidence tell of the first passage only. Said of another one, the label waits until that one is first.
        var isFirst = found.Passages[0].ChunkId == chunk;
        var label = new NewLabel(
            null, question, PassageHash.Of(passage.Title, passage.Text), verdict, LabelSources.Replay,
            isFirst ? found.Features : new Dictionary<string, double>(), isFirst ? found.Confidence : 0, now.Change, isFirst, null);
        await using var saying = await database.BeginAsync(tenant, cancellation);
        await LabelStore.AddAsync(saying, label, clock.GetUtcNow(), cancellation);
        await saying.CommitAsync(cancellation);
        return true;
    }
}
