using Npgsql;
using Support.Bench.Speed;
using Support.Bench.Speed.Scale;
using Support.Contracts;

namespace Support.Tests.Scale;

/// <summary>Fifty companies with twenty thousand customers, and how PostgreSQL carried out every statement of the desk's paths there.</summary>
public sealed class SmallWorld : IAsyncLifetime
{
    internal IReadOnlyList<Scan> Scans { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var world = new ScaleWorld(Tenants: 50, Conversations: 20_000);
        await using var postgres = await BenchPostgres.StartAsync(TestFolders.New("scale"), cancellation);
        await using var administrator = await ScaleRun.FillAsync(postgres, world, TextWriter.Null, cancellation);
        Scans = await ScaleRun.PlanAsync(postgres, administrator, await Pick.SomeAsync(administrator, world, 12, new Random(5)), cancellation);
        NpgsqlConnection.ClearAllPools();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
