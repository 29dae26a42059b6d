using Support.Confidence;
using Support.Database;

namespace Support.Questions;

/// <summary>What the desk would answer a question from at this moment.</summary>
/// <param name="Change">The knowledge change number.</param>
public sealed record DeskNow(long Change, TenantConfidence Judged)
{
    private const string Read = "select t.knowledge_change, (select value::text from setting where key = @key) as confidence from tenant t";

    public static async Task<DeskNow> ReadAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        var row = await transaction.FirstAsync<Row>(Read, new { key = TenantConfidence.Key }, cancellation);
        return new DeskNow(row?.KnowledgeChange ?? 0, TenantConfidence.Read(row?.Confidence));
    }

    private sealed record Row(long KnowledgeChange, string? Confidence);
}
