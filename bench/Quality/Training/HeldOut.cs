namespace Support.Bench.Quality.Training;

/// <summary>A set, judged by a model that saw neither its questions nor its documents.</summary>
internal sealed class HeldOut(TrainingSample sample, LogisticFit model)
{
    public TrainingSample Sample { get; } = sample;

    public LogisticFit Model { get; } = model;

    /// <summary>Confidence of each question, in order, gate included.</summary>
    public IReadOnlyList<double> Confidences { get; } = [.. sample.Rows.Select(row => row.Confidence(model))];

    public double Auroc => EscalationMetrics.Auroc(Sample.Rows.Zip(Confidences, (row, confidence) => (confidence, row.IsRight))) ?? double.NaN;

    public EscalationMetrics Metrics() =>
        EscalationMetrics.Of([.. Sample.Rows.Zip(Confidences, (row, confidence) => new JudgedQuestion(confidence, row.IsRight, row.Topic == Topics.Known))]);

    /// <summary>Questions with an answer against those of one kind without; null where there are none.</summary>
    /// <param name="value">Of a question; its confidence by default.</param>
    public double? AurocAgainst(Topics topic, Func<TrainingRow, double>? value = null) =>
        EscalationMetrics.Auroc(Sample.Rows.Zip(Confidences)
            .Where(pair => pair.First.Topic == Topics.Known || pair.First.Topic == topic)
            .Select(pair => (value is null ? pair.Second : value(pair.First), pair.First.Topic == Topics.Known)));
}
