using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Generation;
using Support.Generation.Grounding;
using Support.Generation.Reranking;
using Support.Generation.Rewriting;
using Support.Generation.Writing;
using Support.Models;
using Support.Questions;
using Support.Retrieval;

namespace Support.Tests.Questions;

internal static class DecideWithout
{
    public static DecideAnswer Models(IKnowledgeIndex index)
    {
        var none = new NoModels();
        var passages = new FindPassages(index, new RerankPassages(none, NullLogger<RerankPassages>.Instance), Options.Create(new GenerationOptions()));
        var write = new WriteAnswer(none, new CheckUnclear(none, NullLogger<CheckUnclear>.Instance), NullLogger<WriteAnswer>.Instance);
        return new DecideAnswer(
            index, passages, new RewriteQuestion(none, NullLogger<RewriteQuestion>.Instance), write, Options.Create(new ConfidenceOptions()), NullLogger<DecideAnswer>.Instance);
    }
}
