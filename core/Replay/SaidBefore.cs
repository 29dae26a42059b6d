using Support.Database;
using Support.Labels;

namespace Support.Replay;

/// <summary>What the owner said of the same questions in an earlier replay.</summary>
internal static class SaidBefore
{
    private const string Find =
        $"select question_hash, passage_hash, verdict from label where tenant_id = @tenant and question_hash = any(@questions) and source = '{LabelSources.Replay}'";

    public static string KeyOf(byte[] question, byte[] passage) => Convert.ToHexString(question) + Convert.ToHexString(passage);

    public static async Task<IReadOnlyDictionary<string, LabelVerdict>> ReadAsync(TenantTransaction transaction, IEnumerable<AskedAgain> asked, CancellationToken cancellation)
    {
        var questions = asked.Where(one => one.First is not null).Select(one => PassageHash.OfQuestion(one.Question.Text)).ToArray();
        var rows = await transaction.QueryAsync<Row>(Find, new { tenant = transaction.Tenant.Value, questions }, cancellation);
        return rows.ToDictionary(row => KeyOf(row.QuestionHash, row.PassageHash), row => (LabelVerdict)row.Verdict);
    }

    private sealed record Row(byte[] QuestionHash, byte[] PassageHash, short Verdict);
}
