using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Generation;
using Support.Generation.Caching;
using Support.Generation.Grounding;
using Support.Generation.Reranking;
using Support.Generation.Rewriting;
using Support.Generation.Writing;
using Support.Models;
using Support.Questions;
using Support.Retrieval;

namespace Support.Tests.Questions;

/// <summary>The desk's classes as they are where no model is set.</summary>
internal static class WithoutModels
{
    private static readonly NoModels None = new();

    // Without a model it asks no database.
    private static readonly AnswerCache NoCache = new(null!, None, Options.Create(new GenerationOptions()), TimeProvider.System);

    public static FindPassages Passages(IKnowledgeIndex index) =>
        new(index, new RerankPassages(None, NullLogger<RerankPassages>.Instance), NoCache, Options.Create(new GenerationOptions()), TimeProvider.System, NullLogger<FindPassages>.Instance);

    public static DecideAnswer Decide(IKnowledgeIndex index)
    {
        var write = new WriteAnswer(None, new CheckUnclear(None, NullLogger<CheckUnclear>.Instance), NullLogger<WriteAnswer>.Instance);
        return new DecideAnswer(
            index, Passages(index), new RewriteQuestion(None, NullLogger<RewriteQuestion>.Instance), write, NoCache, Options.Create(new ConfidenceOptions()), Options.Create(new GenerationOptions()), TimeProvider.System, NullLogger<DecideAnswer>.Instance);
    }
}
