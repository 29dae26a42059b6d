using Support.Jobs;

namespace Support.Bench.Speed.Scale;

/// <summary>The queue in PostgreSQL, and what each server does every second and every five.</summary>
internal sealed class QueuePath(ScaleDesk desk, Steps steps)
{
    public const string Sweeping = "sweep all companies";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var queue = desk.Get<PostgresWorkQueue>();
        await steps.RunAsync("put an update", async () => await queue.PutAsync(Queues.Updates, new byte[600], TimeSpan.Zero, cancellation));
        await steps.RunAsync("put a wake-up", async () => await queue.PutAsync(Queues.Questions, new byte[100], TimeSpan.Zero, cancellation));
        foreach (var name in new[] { Queues.Updates, Queues.Questions })
            foreach (var job in await steps.RunAsync("take jobs", async () => await queue.TakeAsync(name, 6, LocalWorkQueue.Hidden, cancellation)))
                await steps.RunAsync("complete a job", async () => await queue.CompleteAsync(job, cancellation));
        await steps.RunAsync("free what the dead held", () => desk.Instance.FreeAbandonedAsync(cancellation));
    }

    public Task SweepAsync(CancellationToken cancellation) => steps.RunAsync(Sweeping, () => desk.Get<Sweep>().RunAsync(Sweep.Grace, cancellation));
}
