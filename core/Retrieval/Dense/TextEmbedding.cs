using Support.Generation.Guards;
using Support.Models;

namespace Support.Retrieval.Dense;

/// <summary>Texts into unit vectors. Personal data in them is only named: no service is sent it.</summary>
internal static class TextEmbedding
{
    /// <returns>One for each text, in their order, all of one length.</returns>
    /// <exception cref="ModelException">There is nothing that can be used, be it that a single vector is none.</exception>
    public static async Task<IReadOnlyList<float[]>> OfAsync(IModels models, ModelUse use, IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        var embedded = await models.Embeddings(use).GenerateAsync([.. texts.Select(PersonalData.Redact)], cancellationToken: cancellation);
        if (embedded.Count != texts.Count)
            throw new ModelException(ModelFailure.BadAnswer, $"The embedding model gave {embedded.Count} vectors for {texts.Count} texts.");
        if (embedded.Any(one => one.Vector.Length != embedded[0].Vector.Length))
            throw new ModelException(ModelFailure.BadAnswer, "The embedding model gave vectors of several lengths at once.");
        try
        {
            return [.. embedded.Select(one => UnitVector.Of(one.Vector.Span))];
        }
        catch (BadVectorException e)
        {
            throw new ModelException(ModelFailure.BadAnswer, e.Message, e);
        }
    }
}
