using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Generation;
using Support.Models;
using Support.Retrieval;

namespace Support.Questions;

/// <summary>What besides words has a say in the order of passages and in their confidence, by the settings of this process: the models' names and their weights.</summary>
public static class Judges
{
    /// <summary>When the process starts: a certificate made with others does not hold.</summary>
    public static void TellMark(IServiceProvider services)
    {
        var models = services.GetRequiredService<IModels>();
        var (rerank, embedding, questions) = (models.NameOf(ModelRole.Rerank), models.NameOf(ModelRole.Embedding), models.NameOf(ModelRole.Questions));
        var retrieval = services.GetRequiredService<IOptions<RetrievalOptions>>().Value;
        var all = new List<string>();
        if (rerank is not null || models.HasRerankEndpoint)
            all.Add(FormattableString.Invariant($"{(rerank is null ? "endpoint" : rerank)} below {services.GetRequiredService<IOptions<GenerationOptions>>().Value.ClearFrom}"));
        if (embedding is not null)
            all.Add(FormattableString.Invariant($"{embedding} {retrieval.DenseWeight}"));
        if (questions is not null)
            all.Add(FormattableString.Invariant($"{questions} {retrieval.QuestionsWeight}"));
        ModelMark.JudgedBy(all.Count == 0 ? null : string.Join('\n', all), givesVerdicts: rerank is not null);
    }
}
