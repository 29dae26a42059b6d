using System.ComponentModel.DataAnnotations;

namespace Support.Retrieval;

public sealed class RetrievalOptions
{
    public const string Section = "Retrieval";

    internal const double DefaultQuestionsWeight = .3;

    /// <summary>
    /// Where there is an embedding model: its share in the order of passages; words have the rest. 0: words alone, and nothing is embedded at question time. More finds what is said in other words,
    /// and loses names and numbers; `eval --embeddings` on your own labelled questions says how much of each.
    /// </summary>
    [Range(0, 1)] public double DenseWeight { get; set; } = .1;

    /// <summary>
    /// What a chunk's score gains at most by a question that a model wrote for it; a good passage has about 1. 0: none are written, and those there are do not count. More finds what customers say in other words than the
    /// documents; too much makes the model's guesses outweigh the documents. `eval --questions` says how much of each.
    /// </summary>
    [Range(0, 2)] public double QuestionsWeight { get; set; } = DefaultQuestionsWeight;

    /// <summary>How long a question waits for its embedding; then words alone are searched. Longer makes customers wait when the service is slow.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:30")]
    public TimeSpan EmbeddingPatience { get; set; } = TimeSpan.FromSeconds(1);
}
