using System.Diagnostics;

namespace Support.Bench.Speed.Scale;

/// <summary>What is done with each step of a path: its time is taken, or its plans are read.</summary>
internal abstract class Steps
{
    public abstract Task<T> RunAsync<T>(string step, Func<Task<T>> work);

    public Task RunAsync(string step, Func<Task> work) => RunAsync(step, async () =>
    {
        await work();
        return 0;
    });
}

/// <summary>Takes the time of each step, once it is told to begin.</summary>
internal sealed class TimedSteps : Steps
{
    private readonly Dictionary<string, List<double>> _milliseconds = [];

    /// <summary>False while statements are prepared and code is compiled.</summary>
    public bool Counts { get; set; }

    /// <summary>In the order in which the steps first ran.</summary>
    public IEnumerable<(string Step, Latencies Latencies)> All => _milliseconds.Select(step => (step.Key, new Latencies(step.Value)));

    public override async Task<T> RunAsync<T>(string step, Func<Task<T>> work)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = await work();
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        if (Counts)
        {
            if (!_milliseconds.TryGetValue(step, out var all))
                _milliseconds[step] = all = [];
            all.Add(took);
        }
        return result;
    }
}
