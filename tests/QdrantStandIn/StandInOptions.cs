namespace Support.QdrantStandIn;

public sealed record StandInOptions
{
    /// <summary>0: any that is free.</summary>
    public int Port { get; init; }

    public string Version { get; init; } = "1.19.0";

    /// <summary>None: no key is asked for.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Looks at every call before it is carried out; what it returns is a mistake, which the call fails with.</summary>
    public Func<CalledWith, Task<string?>>? Check { get; init; }

    /// <summary>Keeps every call in <see cref="StandInServer.Calls"/>.</summary>
    public bool Records { get; init; }
}

/// <param name="Body">JSON; null where there is none.</param>
public sealed record CalledWith(string Method, string Path, string? Body);
