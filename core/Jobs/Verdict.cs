namespace Support.Jobs;

/// <summary>How a job ended. Only the host knows what that means on its queue.</summary>
public abstract record Verdict
{
    private Verdict() { }

    public static readonly Verdict Finished = new Done();

    public sealed record Done : Verdict;

    /// <summary>It failed and may succeed: counted, and a dead letter after <see cref="JobRunner.MostAttempts"/>.</summary>
    public sealed record Again(TimeSpan After, string Why) : Verdict;

    /// <summary>It is not its time yet: not counted, but not beyond the job's deadline.</summary>
    public sealed record Later(TimeSpan After) : Verdict;

    /// <summary>It can never succeed: a dead letter that the admins are told of.</summary>
    public sealed record GiveUp(string Why) : Verdict;
}
