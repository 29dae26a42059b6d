using Support.Contracts;

namespace Support.Tests.StorageQueue;

/// <summary>One Azurite for the tests of a class, which run one after another and may let its time pass.</summary>
public sealed class DrivenAzurite : IAsyncLifetime
{
    public Azurite Azurite { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Azurite = await Azurite.StartAsync();

    public ValueTask DisposeAsync() => Azurite.DisposeAsync();
}
