using Support.Labels;

namespace Support.Functions;

public sealed class KeepPromisesEndpoint(KeepPromises handler)
{
    public Task RunAsync(CancellationToken cancellation) => handler.RunAsync(cancellation);
}
