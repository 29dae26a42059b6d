using Support.Simulation;

namespace Support.Tests.WholeApp;

/// <summary>A desk that the tests of one class share: they keep apart by having customers of their own.</summary>
public class OneDesk : IAsyncLifetime
{
    public const string Guide =
        """
        # Returns

        ## How do I return a lamp?

        You can return a lamp within 14 days. Bring it with the receipt to any shop; the money comes back to your card within 3 working days.

        ## How long does delivery take?

        Delivery within the city takes 2 days and costs 300 roubles. Orders above 5,000 roubles are delivered free of charge.

        ## How long does delivery take to the islands?

        Delivery to the islands takes 9 days by boat and costs 900 roubles.
        """;

    private static long _lastCustomer = 20_000;

    internal Desk Desk { get; private set; } = null!;

    internal Memory Memory { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Desk = await Desk.OpenAsync(Prepare, Change);
        Memory = await Memory.OfAsync(Desk);
        await Desk.UploadAsync("returns.md", Guide);
    }

    protected virtual void Prepare(SimulationOptions options)
    {
    }

    protected virtual void Change(Dictionary<string, string> settings)
    {
    }

    public static SimulatedUser NewCustomer(string language = "en")
    {
        var id = Interlocked.Increment(ref _lastCustomer);
        return new SimulatedUser(id, $"Customer{id}") { LanguageCode = language };
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
