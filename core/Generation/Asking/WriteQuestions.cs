using Support.Generation.Guards;
using Support.Knowledge;
using Support.Models;

namespace Support.Generation.Asking;

/// <summary>Has the model of <see cref="ModelRole.Questions"/> write what customers might ask that a text answers.</summary>
public sealed class WriteQuestions(IModels models)
{
    // Five questions of a dozen words and the form around them.
    private const int UsualReply = 110;

    // The lines of the fence.
    private const int AroundPart = 30;

    /// <summary>Null when nobody is to write any: no model was named for this very use.</summary>
    public string? Model => models.Has(ModelRole.Questions) ? models.NameOf(ModelRole.Questions) : null;

    /// <returns>At most five; none where the text answers nothing that one would ask.</returns>
    /// <exception cref="ModelException">The model gave nothing that can be used.</exception>
    public async Task<IReadOnlyList<string>> OfAsync(string title, string text, ModelUse use, CancellationToken cancellation)
    {
        if (QuestionsPrompt.Clean(title, text) is not { } part)
            return [];
        var reply = await StructuredChat.AskAsync(models, ModelRole.Questions, use, QuestionsPrompt.System, PromptFence.Create().Quote("part", part), QuestionsPrompt.Form, cancellation);
        return UsableQuestions.Of(reply.Questions);
    }

    /// <summary>False where nothing is left of the text that a model may be sent, so that none is asked.</summary>
    public static bool IsAskedAbout(string title, string text) => QuestionsPrompt.Clean(title, text) is not null;

    /// <summary>What that will take, about.</summary>
    public static (int Prompt, int Completion) Estimate(string title, string text) =>
        QuestionsPrompt.Clean(title, text) is { } part ? (TokenCount.Estimate(QuestionsPrompt.System) + AroundPart + TokenCount.Estimate(part), UsualReply) : (0, 0);

    /// <returns>Null where no price is set.</returns>
    public decimal? CostOf(long prompt, long completion) => models.CostOf(ModelRole.Questions, prompt, completion);
}
