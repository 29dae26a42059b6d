using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Confidence;
using Support.Database;

namespace Support.Labels;

/// <summary>Writes labels down. The same person, or another, may say something else later: the last word counts.</summary>
public static class LabelStore
{
    private const string Add =
        """
        insert into label (tenant_id, question_id, question, question_hash, passage_hash, verdict, source, person_id, features, confidence, knowledge_change, is_first, cut, above, model, asked_with, at)
        values (@tenant, @question, @text, @questionHash, @passageHash, @verdict, @source, @person, @features::jsonb, @confidence, @change, @isFirst, @cut, @above, @mark, @mark, @now)
        on conflict (tenant_id, question_hash, passage_hash, source) do update
        set verdict = excluded.verdict, question_id = excluded.question_id, person_id = excluded.person_id, features = excluded.features,
            confidence = excluded.confidence, knowledge_change = excluded.knowledge_change, is_first = excluded.is_first, cut = excluded.cut, above = excluded.above, model = excluded.model, asked_with = excluded.asked_with, at = excluded.at
        """;

    // Always, even if it stands there already: whoever is making the fit anew holds this row, and has perhaps not seen the label.
    private const string MarkChanged =
        "update tenant set labels_change = -1, labels_model = case when labels_change is null then @mark else labels_model end where id = @tenant";

    /// <summary>
    /// The fit and the certificate follow (<see cref="KeepPromises"/>). The tenant's row is locked from here to the end of the transaction, so
    /// conversations, tickets and questions that are changed as well come before it, and other customers' presses wait briefly.
    /// </summary>
    public static async Task AddAsync(TenantTransaction transaction, NewLabel label, DateTimeOffset now, CancellationToken cancellation)
    {
        await MarkChangedAsync(transaction, cancellation);
        await transaction.ExecuteAsync(Add, new
        {
            tenant = transaction.Tenant.Value,
            question = label.QuestionId,
            text = label.Question,
            questionHash = Labels.PassageHash.OfQuestion(label.Question),
            passageHash = label.PassageHash,
            verdict = (short)label.Verdict,
            source = label.Source,
            person = label.Person,
            features = Write(label.Features),
            confidence = label.Confidence,
            change = label.KnowledgeChange,
            isFirst = label.IsFirst,
            cut = label.Cut,
            above = label.Above,
            mark = ModelMark.Current,
            now,
        }, cancellation);
    }

    private const string Forget = "delete from label where tenant_id = @tenant and question_hash = @questionHash and source = @source";

    /// <summary>What was said of the question before, of whatever passage, holds no more; under the same lock as <see cref="AddAsync"/>.</summary>
    public static async Task ForgetAsync(TenantTransaction transaction, string question, string source, CancellationToken cancellation)
    {
        await MarkChangedAsync(transaction, cancellation);
        await transaction.ExecuteAsync(Forget, new { tenant = transaction.Tenant.Value, questionHash = Labels.PassageHash.OfQuestion(question), source }, cancellation);
    }

    /// <summary>The fit and the certificate are to be made anew.</summary>
    public static Task MarkChangedAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        transaction.ExecuteAsync(MarkChanged, new { tenant = transaction.Tenant.Value, mark = ModelMark.Current }, cancellation);

    private const string MarkErased = "update tenant set labels_change = -1 where id = @tenant and labels_change is not null";

    /// <summary>Before labels are deleted together with their questions.</summary>
    public static Task EraseAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        transaction.ExecuteAsync(MarkErased, new { tenant = transaction.Tenant.Value }, cancellation);

    internal static string Write(IReadOnlyDictionary<string, double> features) =>
        JsonSerializer.Serialize(features.ToDictionary(f => f.Key, f => Math.Round(f.Value, 6)), LabelJson.Default.DictionaryStringDouble);
}

[JsonSerializable(typeof(Dictionary<string, double>))]
public sealed partial class LabelJson : JsonSerializerContext;
