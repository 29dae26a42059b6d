using Support.Reports;

namespace Support.Functions;

public sealed class ReportWeeklyEndpoint(ReportWeekly handler)
{
    public Task RunAsync(CancellationToken cancellation) => handler.RunAsync(cancellation);
}
