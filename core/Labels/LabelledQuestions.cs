using System.Text.Json;
using Support.Confidence;
using Support.Database;

namespace Support.Labels;

/// <summary>A tenant's newest labels, and what they are to the certificate and to the fit.</summary>
internal sealed class LabelledQuestions(IReadOnlyList<LabelRow> rows)
{
    /// <summary>
    /// Older ones are left in peace: a rate of 5 % is known to half a percent from two thousand, and all of them are read and fitted
    /// in some ten milliseconds.
    /// </summary>
    private const int MostDrawn = 2000;

    private const int MostInPassing = 1000;

    // Fits rest on one label for each question, so that nobody's verdict counts twice; where they differ, on whoever looked most closely.
    private static readonly string[] Closest = [LabelSources.Round, LabelSources.Replay, LabelSources.Admin, LabelSources.Choice, LabelSources.Thumb];

    private const string Columns =
        "id, question_id, question, question_hash, passage_hash, verdict, source, features::text as features, confidence, knowledge_change, is_first, cut, above, model, asked_with";

    // Each kind by the index made for it.
    private const string Newest =
        $"""
        (select {Columns} from label where tenant_id = @tenant and source = '{LabelSources.Round}' order by id desc limit @drawn)
        union all
        (select {Columns} from label where tenant_id = @tenant and source <> '{LabelSources.Round}' order by id desc limit @inPassing)
        """;

    public static async Task<LabelledQuestions> ReadAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        new([.. (await transaction.QueryAsync<LabelRow>(Newest, new { tenant = transaction.Tenant.Value, drawn = MostDrawn, inPassing = MostInPassing }, cancellation))
            .OrderByDescending(row => row.IsRepresentative).ThenByDescending(row => row.Id)]);

    /// <summary>Those that were drawn, then the others; the newest of each first.</summary>
    public IReadOnlyList<LabelRow> Rows => rows;

    /// <summary>Of the newest round by this model; null when there was none.</summary>
    public double? LastCut => rows.FirstOrDefault(row => row.IsRepresentative && row.IsDrawnByThisModel)?.Cut;

    /// <summary>Some that the certificate rests on were last asked of an older knowledge.</summary>
    public bool IsBehind(long knowledge) => rows.Any(row => row.IsRepresentative && row.IsBehind(knowledge, isOfOtherModel: false));

    /// <summary>Some, of whatever source, were not asked of this knowledge yet.</summary>
    public bool WaitToBeAsked(long knowledge) => rows.Any(row => row.IsBehind(knowledge, isOfOtherModel: false));

    /// <summary>
    /// One for each question that was drawn, in the order in which they were drawn. What another model drew from above a cut of its own is no sample of what is above
    /// any cut now: questions that have risen since were never among those to draw from.
    /// </summary>
    public IReadOnlyList<DrawnLabel> Drawn() => [.. Questions().Select(question => question.ToDrawn())];

    /// <summary>Those for which another passage is found first now; asking what that one is worth mends the certificate.</summary>
    public IEnumerable<LabelRow> ToLookAtAgain() => Questions().Where(question => question.First is null).Select(question => question.Drawn);

    private IEnumerable<DrawnQuestion> Questions() => rows
        .Where(row => row.IsRepresentative && (row.IsDrawnByThisModel || row.Cut <= TrafficSample.Least))
        .GroupBy(row => Convert.ToHexString(row.QuestionHash))
        .Select(same => new DrawnQuestion(same.Last(), same.FirstOrDefault(row => row.IsFirst)))
        .OrderBy(question => question.Drawn.Id);

    /// <summary>What percentages are fitted on. Questions made from the documents find them more often than customers' do.</summary>
    public IReadOnlyList<FittedLabel> Fitted(long knowledge) =>
        [.. rows
            .Where(row => row.IsFirst && LabelSources.IsOfRealQuestion(row.Source) && row.Verdict != LabelVerdict.Partly && !row.IsBehind(knowledge, isOfOtherModel: false))
            .GroupBy(row => Convert.ToHexString(row.QuestionHash))
            .Select(same => same.MinBy(row => Array.IndexOf(Closest, row.Source))!)
            .Select(row => new FittedLabel(row.ReadFeatures(), row.Confidence, row.Verdict == LabelVerdict.Right))];

    /// <param name="Drawn">The oldest label: when and from which questions it was drawn.</param>
    /// <param name="First">The newest label of the passage that is found first now, if there is one.</param>
    private sealed record DrawnQuestion(LabelRow Drawn, LabelRow? First)
    {
        public DrawnLabel ToDrawn() => new((First ?? Drawn).Confidence, First is null ? null : First.Verdict != LabelVerdict.Right, Drawn.Cut, Drawn.Above);
    }
}

internal sealed record LabelRow
{
    public long Id { get; init; }
    public long? QuestionId { get; init; }
    public string Question { get; init; } = "";
    public byte[] QuestionHash { get; init; } = [];
    public byte[] PassageHash { get; init; } = [];
    public LabelVerdict Verdict { get; init; }
    public string Source { get; init; } = "";
    public string Features { get; init; } = "{}";
    public double Confidence { get; init; }
    public long KnowledgeChange { get; init; }
    public bool IsFirst { get; init; }
    public double Cut { get; init; }
    public double Above { get; init; } = 1;
    public string? Model { get; init; }
    public string? AskedWith { get; init; }

    public bool IsDrawnByThisModel => Model == ModelMark.Current;

    /// <param name="isOfOtherModel">Whether the tenant's labels were all asked with another model last.</param>
    public bool IsBehind(long knowledge, bool isOfOtherModel) =>
        KnowledgeChange < knowledge || (AskedWith is null ? isOfOtherModel : AskedWith != ModelMark.Current);

    public bool IsRepresentative => LabelSources.IsRepresentative(Source);

    public IReadOnlyDictionary<string, double> ReadFeatures() => JsonSerializer.Deserialize(Features, LabelJson.Default.DictionaryStringDouble) ?? [];
}
