using System.Diagnostics;

namespace Support.Contracts;

/// <summary>Waits for something another process brings about, by asking again and again; never for a time to pass.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <returns>What <paramref name="ask"/> gave when it gave something.</returns>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> ask, string what, double seconds = 30)
        where T : class
    {
        var since = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            if (await ask() is { } found)
                return found;
            if (Stopwatch.GetElapsedTime(since).TotalSeconds > seconds)
                throw new TimeoutException($"Not within {seconds} s: {what}.");
            await timer.WaitForNextTickAsync();
        }
    }

    public static Task<T> GetAsync<T>(Func<T?> ask, string what, double seconds = 30)
        where T : class => GetAsync(() => Task.FromResult(ask()), what, seconds);

    public static async Task HoldsAsync(Func<Task<bool>> ask, string what, double seconds = 30) =>
        await GetAsync(async () => await ask() ? "" : null, what, seconds);

    public static Task HoldsAsync(Func<bool> ask, string what, double seconds = 30) => HoldsAsync(() => Task.FromResult(ask()), what, seconds);
}
