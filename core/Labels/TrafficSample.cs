using Support.Database;

namespace Support.Labels;

/// <summary>
/// The newest questions of a tenant that were searched for, from which a round draws, and the cut: half of them have less confidence than that and
/// will hardly ever be answered, so nobody's time is spent on them. The promise then says nothing of what is below, and nothing there is answered on it.
/// </summary>
/// <param name="Questions">In no order of meaning.</param>
/// <param name="Above">The share of them at or above <paramref name="Cut"/>, by the confidences of when they were asked.</param>
internal sealed record TrafficSample(IReadOnlyList<TrafficQuestion> Questions, double Cut, double Above)
{
    /// <summary>A month of a busy desk is like the next; more would be read for nothing.</summary>
    public const int Most = 2000;

    /// <summary>Older ones were asked of another season and of other documents.</summary>
    public static readonly TimeSpan Weeks = TimeSpan.FromDays(56);

    // The middle of fewer is anybody's guess.
    private const int FewestForCut = 40;

    /// <summary>Anything that was found at all.</summary>
    public const double Least = .001;

    // While the last cut still parts them in about the middle it stays, so that the labels of all rounds count together.
    private const double LeastAbove = .35;
    private const double MostAbove = .65;

    // Whatever became of it: small talk and what was never searched is no question that a threshold decides.
    private const string Newest =
        """
        select id, confidence from (
            select id, confidence, decision, reason, passages, answered_at from question where tenant_id = @tenant order by id desc limit @most) newest
        where answered_at >= @since
          and (decision in ('answer', 'choose') or reason in ('low_confidence', 'nothing_found') or (decision = 'ask_back' and passages <> '[]'::jsonb))
        """;

    public static async Task<TrafficSample> ReadAsync(TenantTransaction transaction, double? lastCut, DateTimeOffset now, CancellationToken cancellation) =>
        Of(await transaction.QueryAsync<TrafficQuestion>(Newest, new { tenant = transaction.Tenant.Value, most = Most, since = now - Weeks }, cancellation), lastCut);

    /// <param name="lastCut">Of the newest label that was drawn; null when there is none.</param>
    public static TrafficSample Of(IReadOnlyList<TrafficQuestion> questions, double? lastCut)
    {
        if (lastCut is > Least and var last && questions.Count >= FewestForCut && ShareAbove(last) is >= LeastAbove and <= MostAbove)
            return new TrafficSample(questions, last, ShareAbove(last));
        var median = questions.Count < FewestForCut ? 0 : questions.Select(question => question.Confidence).Order().ElementAt(questions.Count / 2);
        // Rounded, so that it is the same when the question is shown and when it is labelled.
        var cut = Math.Max(Least, Math.Floor(median * 100) / 100);
        return new TrafficSample(questions, cut, ShareAbove(cut));

        double ShareAbove(double at) => questions.Count == 0 ? 1 : (double)questions.Count(question => question.Confidence >= at) / questions.Count;
    }
}

/// <param name="Confidence">When it was asked.</param>
internal sealed record TrafficQuestion(long Id, double Confidence);
