using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Support.Models;
using Support.OpenAi.Calls;
using Support.OpenAi.Settings;

namespace Support.OpenAi.Chat;

/// <summary>
/// Which models stream. One that never has, and again and again refused a stream or answered it with something else, is asked as a whole until the process starts anew:
/// the check at the start, which asks without a stream, cannot know.
/// </summary>
internal sealed partial class WhoStreams(ILogger<WhoStreams> logger)
{
    // Of questions. Anything may fail twice.
    private const int Enough = 3;

    private readonly ConcurrentDictionary<ModelTarget, int> _failures = new();
    private readonly ConcurrentDictionary<ModelTarget, bool> _known = new();

    public bool Does(ModelTarget target) => !_known.TryGetValue(target, out var does) || does;

    public void Worked(ModelTarget target) => _known.TryAdd(target, true);

    /// <summary>Not a word came, however often it was tried for one question.</summary>
    public void Failed(ModelTarget target, CallFailedException failed)
    {
        if (failed.Failure is not (ModelFailure.Refused or ModelFailure.BadAnswer))
            return;
        if (_failures.AddOrUpdate(target, 1, (_, times) => times + 1) >= Enough && _known.TryAdd(target, false))
            Log.DoesNotStream(logger, target.ToString(), failed.Message);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Model} gives no streams, so its answers are not shown while they are written (Support__Generation__ShowWriting): {Problem}")]
        public static partial void DoesNotStream(ILogger logger, string model, string problem);
    }
}
