using Support.Models;
using Support.Retrieval.Dense;

namespace Support.Knowledge;

/// <summary>Asks the embedding model for the vector of one text. It says how long vectors are, and whether the service is well.</summary>
internal static class VectorProbe
{
    /// <param name="text">That no service refuses, such as the model's own name.</param>
    /// <exception cref="ModelException">The service gives no vector now, whatever it is asked for.</exception>
    public static async Task<VectorSpace> AskAsync(IModels models, string model, string text, ModelUse use, CancellationToken cancellation)
    {
        var vectors = await TextEmbedding.OfAsync(models, use, [text], cancellation);
        return new VectorSpace(model, vectors[0].Length);
    }
}
