using Support.Retrieval.Outside;

namespace Support.Qdrant;

/// <summary>What a server can, by the version it says it has.</summary>
internal sealed record QdrantVersion(int Major, int Minor, string Text)
{
    /// <summary>The first with one query for every kind of vector and with idf.</summary>
    public bool IsEnough => IsFrom(1, 10);

    /// <summary>Keeps the points of one tenant together.</summary>
    public bool KnowsTenants => IsFrom(1, 11);

    /// <summary>Counts how rare a term is among one tenant's points, not among all.</summary>
    public bool KnowsIdfCorpus => IsFrom(1, 19);

    /// <exception cref="KnowledgeIndexException">Too old, or no version.</exception>
    public static QdrantVersion Parse(string text, string address)
    {
        var parts = text.Split('.', '-', '+');
        if (parts.Length < 2 || !int.TryParse(parts[0], out var major) || !int.TryParse(parts[1], out var minor))
            throw new KnowledgeIndexException($"What answers at {address} gives \"{(text.Length > 40 ? text[..40] : text)}\" for its version, which is none of Qdrant's. Check Support__Qdrant__Url.");
        var version = new QdrantVersion(major, minor, text);
        return version.IsEnough
            ? version
            : throw new KnowledgeIndexException($"Qdrant {text} at {address} is too old: the desk needs 1.10 or newer. Upgrade it, or give another in Support__Qdrant__Url.");
    }

    private bool IsFrom(int major, int minor) => Major > major || Major == major && Minor >= minor;
}
