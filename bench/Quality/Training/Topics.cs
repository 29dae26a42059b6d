namespace Support.Bench.Quality.Training;

/// <summary>What a question is about, seen from the documents.</summary>
internal enum Topics
{
    /// <summary>They answer it.</summary>
    Known,

    /// <summary>They are about this but do not answer it: the answer was taken out, or the question twisted.</summary>
    Near,

    /// <summary>Something else altogether.</summary>
    Far,
}

internal static class TopicsOfSets
{
    extension(Topics)
    {
        /// <summary>Of a question without an answer.</summary>
        /// <param name="kind">As the set has it; clinc150 has none, its questions out of scope are all far.</param>
        public static Topics Of(string set, string? kind) =>
            kind is "far_ood" or "ood-oos" || kind is null && set == "clinc150_oos" ? Topics.Far : Topics.Near;
    }
}
