using Support.Tickets;

namespace Support.Functions;

public sealed class WatchTicketsEndpoint(WatchTickets handler)
{
    public Task RunAsync(CancellationToken cancellation) => handler.RunAsync(cancellation);
}
