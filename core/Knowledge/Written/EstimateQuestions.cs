using Support.Database;
using Support.Generation.Asking;
using Support.Tenants;

namespace Support.Knowledge.Written;

/// <summary>Says what the questions that are missing will cost a company, before they are written.</summary>
public sealed class EstimateQuestions(DeskDatabase database, WriteQuestions write)
{
    private const int AtOnce = 500;

    /// <summary>Without a model: as if one had written none yet.</summary>
    public async Task<QuestionsEstimate> OfAsync(TenantId tenant, CancellationToken cancellation)
    {
        var (chunks, prompt, completion) = (0, 0L, 0L);
        byte[] after = [];
        while (await UnwrittenTexts.ReadAsync(database, tenant, write.Model ?? "", after, AtOnce, cancellation) is { Count: > 0 } texts)
        {
            foreach (var text in texts)
            {
                var tokens = WriteQuestions.Estimate(text.Title, text.Text);
                (chunks, prompt, completion) = (chunks + 1, prompt + tokens.Prompt, completion + tokens.Completion);
            }
            after = texts[^1].Hash;
        }
        return new QuestionsEstimate(chunks, prompt + completion, write.CostOf(prompt, completion));
    }
}
