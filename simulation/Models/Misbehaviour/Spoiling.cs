namespace Support.Simulation.Models;

/// <summary>Which trouble makes a difference to which request.</summary>
public static class Spoiling
{
    /// <summary>
    /// Whether a request so hit gets something else than it would have: an embedding of the wrong length is none for a chat, and citations stand only in replies that have a place for them.
    /// What a script happens to say is not looked at: a reply without a word is in no language.
    /// </summary>
    public static bool CanSpoil(this Trouble trouble, ModelRequest request) => trouble switch
    {
        Trouble.InvalidJson or Trouble.WrongLanguage or Trouble.FilteredMidway => request.Kind == ModelCallKind.Chat,
        Trouble.FalseCitations => request.Kind == ModelCallKind.Chat && (request.Schema is not { } schema || schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty("citations", out _)),
        Trouble.WrongLength => request.Kind is ModelCallKind.Embeddings or ModelCallKind.Rerank,
        Trouble.WrongSchema or Trouble.EmptyAnswer => request.Kind != ModelCallKind.Models,
        _ => true,
    };
}
