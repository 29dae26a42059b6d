namespace Support.Models;

/// <summary>What a model is used for. Each has settings of its own, so that each may be another model, or none.</summary>
public enum ModelRole
{
    /// <summary>Writes the answer from numbered passages.</summary>
    Answer,

    /// <summary>Says which passages answer the question, and whether a sentence is supported by what it cites.</summary>
    Rerank,

    /// <summary>Makes a follow-up a question that stands alone.</summary>
    Rewrite,

    /// <summary>Writes questions that a chunk answers, when it is indexed.</summary>
    Questions,

    Embedding,

    /// <summary>Speech into text.</summary>
    Transcription,

    /// <summary>Pictures into text.</summary>
    Picture,
}
