namespace Support.Generation.Reranking;

/// <summary>How much of the answer a passage states.</summary>
public enum States
{
    No,
    Part,
    Yes,
}

/// <summary>What the reranking model says of one passage.</summary>
/// <param name="States">Only with words that stand in the passage: what could not be shown does not count.</param>
/// <param name="Same">Entity, condition and polarity are those of the question.</param>
/// <param name="Quote">The passage's own words that state it; empty when it states nothing.</param>
public sealed record PassageVerdict(long ChunkId, States States, bool Same, string Quote);
