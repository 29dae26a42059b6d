using Support.Models;
using Support.Retrieval.Dense;

namespace Support.Knowledge;

/// <summary>Asks the embedding model for the vector of a text that no service refuses: its own name. It says how long vectors are, and whether the service is well.</summary>
internal static class VectorProbe
{
    /// <exception cref="ModelException">The service gives no vector now, whatever it is asked for.</exception>
    public static async Task<VectorSpace> AskAsync(IModels models, string model, ModelUse use, CancellationToken cancellation)
    {
        var vectors = await TextEmbedding.OfAsync(models, use, [model], cancellation);
        return new VectorSpace(model, vectors[0].Length);
    }
}
