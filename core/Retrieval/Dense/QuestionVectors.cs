using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Generation.Guards;
using Support.Models;
using Support.Tenants;

namespace Support.Retrieval.Dense;

/// <summary>
/// Embeds questions, with little patience, and remembers each company's last ones. While chunks are embedded anew for another model, the vectors of the one before serve, and
/// it is asked by its name as long as the service has it; an answer that does not say to be of that model is not used.
/// </summary>
public sealed partial class QuestionVectors(IModels models, IOptions<RetrievalOptions> options, TimeProvider clock, ILogger<QuestionVectors> logger)
{
    private readonly LastVectors _last = new();

    /// <summary>Vectors are of use: there is a model, and it has a say.</summary>
    public bool AreWanted => options.Value.DenseWeight > 0 && models.Has(ModelRole.Embedding);

    /// <param name="space">Of the vectors that the question's is to be compared with.</param>
    /// <returns>Null when it could not be had; that has been logged.</returns>
    public async ValueTask<DenseQuestion?> OfAsync(TenantId tenant, VectorSpace space, AskedQuestion question, CancellationToken cancellation)
    {
        var text = AskedText.Of(PersonalData.Redact(question.Text));
        if (_last.Find(tenant, space, text) is { } known)
            return new DenseQuestion(space, known, options.Value.DenseWeight);
        try
        {
            var vector = await EmbedAsync(space, text, question.Use ?? new ModelUse(tenant), cancellation);
            _last.Add(tenant, space, text, vector);
            return new DenseQuestion(space, vector, options.Value.DenseWeight);
        }
        catch (Exception e) when (e is ModelException or BadVectorException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            Log.WordsAlone(logger, tenant, e is OperationCanceledException ? $"no answer within {options.Value.EmbeddingPatience.TotalSeconds:0.##} s" : e.Message);
            return null;
        }
    }

    private async Task<float[]> EmbedAsync(VectorSpace space, string text, ModelUse use, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(options.Value.EmbeddingPatience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var isCurrent = models.NameOf(ModelRole.Embedding) == space.Model;
        var asked = isCurrent ? null : new EmbeddingGenerationOptions { ModelId = space.Model, Dimensions = space.Length };
        // A service that does not look at the token must not hold the customer either.
        var embedded = await models.Embeddings(use).GenerateAsync([text], asked, either.Token).WaitAsync(either.Token);
        if (embedded is not [var one] || one.Vector.Length != space.Length)
            throw new ModelException(ModelFailure.BadAnswer, $"The embedding model gave {embedded.Count} vectors, not one of {space.Length} numbers.");
        if (!isCurrent && one.ModelId != space.Model)
            throw new ModelException(ModelFailure.BadAnswer, $"The vectors are still those of {space.Model}, which the service does not answer with any more.");
        return UnitVector.Of(one.Vector.Span);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A question of tenant {Tenant} is searched by its words alone: {Why}")]
        public static partial void WordsAlone(ILogger logger, TenantId tenant, string why);
    }
}
