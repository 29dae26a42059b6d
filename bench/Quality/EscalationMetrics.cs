namespace Support.Bench.Quality;

/// <summary>How well the confidence tells right first passages from wrong ones.</summary>
/// <param name="AurocAnswerable">Of questions with an answer against those without; null unless there are both.</param>
/// <param name="Aurc">Mean wrong-answer rate over all numbers of questions answered, most confident first.</param>
/// <param name="CoverageAt5">The greatest share of questions that can be answered with at most 5 % wrong.</param>
internal sealed record EscalationMetrics(
    double? AurocCorrect, double? AurocAnswerable, double Aurc, double CoverageAt5, double CoverageAt10, double Ece)
{
    private const int LeastAnswered = 10;
    private const int Bins = 15;

    public static EscalationMetrics Of(IReadOnlyList<JudgedQuestion> questions)
    {
        var byConfidence = questions.OrderByDescending(question => question.Confidence).ToList();
        return new EscalationMetrics(
            Auroc(questions.Select(question => (question.Confidence, question.Correct))),
            Auroc(questions.Select(question => (question.Confidence, question.Answerable))),
            AurcOf(byConfidence),
            CoverageAt(byConfidence, .05),
            CoverageAt(byConfidence, .10),
            EceOf(byConfidence));
    }

    /// <summary>The chance that a positive has more confidence than a negative; ties count half. Null without both.</summary>
    public static double? Auroc(IEnumerable<(double Confidence, bool Positive)> questions)
    {
        double positives = 0, negatives = 0, won = 0;
        foreach (var tied in questions.GroupBy(question => question.Confidence).OrderBy(group => group.Key))
        {
            var positive = tied.Count(question => question.Positive);
            var negative = tied.Count() - positive;
            won += positive * (negatives + negative / 2.0);
            positives += positive;
            negatives += negative;
        }
        return positives > 0 && negatives > 0 ? won / (positives * negatives) : null;
    }

    private static double AurcOf(List<JudgedQuestion> byConfidence)
    {
        double wrong = 0, area = 0;
        for (var i = 0; i < byConfidence.Count; i++)
        {
            wrong += byConfidence[i].Correct ? 0 : 1;
            area += wrong / (i + 1);
        }
        return byConfidence.Count == 0 ? 0 : area / byConfidence.Count;
    }

    private static double CoverageAt(List<JudgedQuestion> byConfidence, double mostWrong)
    {
        var wrong = 0;
        var longest = 0;
        for (var i = 0; i < byConfidence.Count; i++)
        {
            wrong += byConfidence[i].Correct ? 0 : 1;
            if (i + 1 >= LeastAnswered && wrong <= mostWrong * (i + 1))
                longest = i + 1;
        }
        return byConfidence.Count == 0 ? 0 : (double)longest / byConfidence.Count;
    }

    /// <summary>Mean distance between confidence and share correct over bins of equal size, weighted by size.</summary>
    private static double EceOf(List<JudgedQuestion> byConfidence)
    {
        var error = 0.0;
        for (var bin = 0; bin < Bins; bin++)
        {
            var from = byConfidence.Count * bin / Bins;
            var to = byConfidence.Count * (bin + 1) / Bins;
            var inBin = byConfidence.GetRange(from, to - from);
            error += Math.Abs(inBin.Sum(question => question.Confidence) - inBin.Count(question => question.Correct));
        }
        return byConfidence.Count == 0 ? 0 : error / byConfidence.Count;
    }
}

/// <param name="Correct">The first passage is relevant; never, when there is no answer.</param>
internal sealed record JudgedQuestion(double Confidence, bool Correct, bool Answerable);
