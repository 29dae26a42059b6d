using Support.Contracts;
using Support.Jobs;

namespace Support.Tests.StorageQueue;

/// <summary>The promises of every queue, kept by Storage queues in Azurite and a real PostgreSQL for large bodies.</summary>
public sealed class StorageWorkQueueTests(DrivenAzurite driven) : WorkQueueContract, IClassFixture<DrivenAzurite>
{
    private StorageDesk _desk = null!;

    protected override async Task<IWorkQueue> CreateQueueAsync()
    {
        _desk = await StorageDesk.OpenAsync(driven.Azurite.NewAccount(), driven.Azurite.Clock);
        return _desk.Get<IWorkQueue>();
    }

    protected override Task ElapseAsync(TimeSpan time) => driven.Azurite.ElapseAsync(time);

    protected override async Task DieHoldingAsync(string queue)
    {
        var hidden = TimeSpan.FromMinutes(3);
        await _desk.Queue.TakeAsync(queue, 10, hidden, CancellationToken.None);
        await ElapseAsync(hidden);
    }

    protected override ValueTask RemoveQueueAsync() => _desk.DisposeAsync();
}
