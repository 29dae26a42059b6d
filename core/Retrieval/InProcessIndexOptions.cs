using System.ComponentModel.DataAnnotations;

namespace Support.Retrieval;

public sealed class InProcessIndexOptions
{
    public const string Section = "InProcessIndex";

    /// <summary>An index nobody asks for this long is dropped. Longer costs memory; shorter makes the next question wait for reading it again (a second for 6,000 chunks).</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan DropAfterIdle { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a question waits for an index that is read for the first time (6,000 chunks take a second, 150,000 some ten). Then it goes to a person; longer makes customers wait.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan FirstPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a question waits for knowledge that is just being read in. Longer makes customers wait; shorter answers from what was there before.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(400);
}
