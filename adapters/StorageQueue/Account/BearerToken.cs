using System.Net.Http.Headers;
using Support.StorageQueue.Rest;

namespace Support.StorageQueue.Account;

internal sealed record StorageToken(string Value, DateTimeOffset ExpiresAt);

internal delegate ValueTask<StorageToken> AskForToken(CancellationToken cancellation);

/// <summary>A token of Microsoft Entra, asked for once by all calls that wait for it. Some minutes before it expires the next one is asked for, while this one is still used.</summary>
internal sealed class BearerToken(AskForToken ask, TimeProvider clock) : StorageCredential
{
    // Tokens live for an hour or a day; an identity service that is slow or away for some minutes is then not noticed.
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    /// <summary>What is this near to its end may arrive too late.</summary>
    private static readonly TimeSpan TooLate = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private StorageToken? _token;
    private Task<StorageToken>? _asked;

    public override string Advice => "Give the identity the role Storage Queue Data Contributor on the account; a new role takes some minutes.";

    public override async ValueTask SignAsync(HttpRequestMessage message, StorageRequest request, CancellationToken cancellation) =>
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await TokenAsync(cancellation)).Value);

    public override void Refused()
    {
        lock (_lock)
            _token = null;
    }

    private async ValueTask<StorageToken> TokenAsync(CancellationToken cancellation)
    {
        Task<StorageToken> asked;
        lock (_lock)
        {
            if (LastsFor(Early))
                return _token!;
            if (_asked is null or { IsCompleted: true })
                _asked = AskAsync();
            if (LastsFor(TooLate))
                return _token!;
            asked = _asked;
        }
        return await asked.WaitAsync(cancellation);
    }

    private bool LastsFor(TimeSpan time) => _token is { } token && token.ExpiresAt - time > clock.GetUtcNow();

    private async Task<StorageToken> AskAsync()
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        var token = await ask(patience.Token);
        lock (_lock)
            _token = token;
        return token;
    }
}
