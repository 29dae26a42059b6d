using Support.Tenants;

namespace Support.Retrieval.Dense;

/// <summary>What an index needs to search by likeness as well: the chunks' vectors, and the question's.</summary>
public sealed class DenseRetrieval(IVectorSource source, QuestionVectors questions)
{
    /// <summary>Vectors are of use now. Without an embedding model nothing is read and nothing is asked.</summary>
    public bool IsOn => questions.AreWanted;

    public IVectorSource Source => source;

    /// <inheritdoc cref="QuestionVectors.OfAsync"/>
    public ValueTask<DenseQuestion?> AskAsync(TenantId tenant, VectorSpace space, AskedQuestion question, CancellationToken cancellation) =>
        questions.OfAsync(tenant, space, question, cancellation);
}
