namespace Support.Knowledge;

/// <summary>Brings what is at an address. Expected failures are results; only a stop is thrown.</summary>
public delegate Task<Fetched> FetchSource(SourceAddress address, CancellationToken cancellation);

/// <summary>What to fetch and how far to go for it.</summary>
/// <param name="AllowHttp">Also without encryption. Loopback addresses are always allowed to.</param>
/// <param name="AllowPrivate">The host's name may stand for an address of a private network.</param>
/// <param name="ETag">As the server gave it with what is known; null for none.</param>
/// <param name="LastModified">As the server gave it with what is known; null for none.</param>
/// <param name="LargestBytes">Of the body, unpacked.</param>
public sealed record SourceAddress(Uri Url, bool AllowHttp, bool AllowPrivate, string? ETag, string? LastModified, long LargestBytes);

public abstract record Fetched
{
    private Fetched() { }

    /// <param name="ETag">For the next time; null if the server gave none.</param>
    /// <param name="LastModified">For the next time; null if the server gave none.</param>
    public sealed record Content(ReadOnlyMemory<byte> Bytes, string? ETag, string? LastModified) : Fetched;

    /// <summary>What is known is what is there.</summary>
    public sealed record NotModified : Fetched;

    /// <param name="Why">A sentence's end for editors, without the address: it may hold a secret.</param>
    public sealed record Failed(string Why) : Fetched;
}
