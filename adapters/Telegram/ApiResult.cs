namespace Support.Telegram;

/// <summary>How a call of the Bot API ended.</summary>
public abstract record ApiResult<T>
{
    private ApiResult() { }

    public sealed record Ok(T Value) : ApiResult<T>;

    /// <summary>Telegram refused.</summary>
    /// <param name="Code">4xx; a 5xx is <see cref="InDoubt"/>.</param>
    public sealed record Error(int Code, string Description, TimeSpan? RetryAfter, long? MigrateTo) : ApiResult<T>;

    /// <summary>The connection could not be made: nothing was sent.</summary>
    public sealed record Unreachable(string Description) : ApiResult<T>;

    /// <summary>Sent, but no answer, an unreadable one, or a 5xx: it may or may not have been done.</summary>
    public sealed record InDoubt(string Description) : ApiResult<T>;

    public ApiResult<TOther> Map<TOther>(Func<T, TOther> map) => this switch
    {
        Ok ok => new ApiResult<TOther>.Ok(map(ok.Value)),
        Error error => new ApiResult<TOther>.Error(error.Code, error.Description, error.RetryAfter, error.MigrateTo),
        Unreachable unreachable => new ApiResult<TOther>.Unreachable(unreachable.Description),
        InDoubt doubt => new ApiResult<TOther>.InDoubt(doubt.Description),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Why the call did not succeed, for a log or a person; never holds the token.</summary>
    public string Problem => this switch
    {
        Error error => $"{error.Code} {error.Description}",
        Unreachable unreachable => unreachable.Description,
        InDoubt doubt => doubt.Description,
        _ => "",
    };
}
