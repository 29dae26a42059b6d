using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Database;

namespace Support.Labels;

/// <summary>Writes labels down. The same person, or another, may say something else later: the last word counts.</summary>
public static class LabelStore
{
    private const string Add =
        """
        insert into label (tenant_id, question_id, question, question_hash, passage_hash, verdict, source, person_id, features, confidence, knowledge_change, is_first, at)
        values (@tenant, @question, @text, @questionHash, @passageHash, @verdict, @source, @person, @features::jsonb, @confidence, @change, @isFirst, @now)
        on conflict (tenant_id, question_hash, passage_hash, source) do update
        set verdict = excluded.verdict, question_id = excluded.question_id, person_id = excluded.person_id, features = excluded.features,
            confidence = excluded.confidence, knowledge_change = excluded.knowledge_change, is_first = excluded.is_first, at = excluded.at
        """;

    public static Task AddAsync(TenantTransaction transaction, NewLabel label, DateTimeOffset now, CancellationToken cancellation) =>
        transaction.ExecuteAsync(Add, new
        {
            tenant = transaction.Tenant.Value,
            question = label.QuestionId,
            text = label.Question,
            questionHash = Labels.PassageHash.OfQuestion(label.Question),
            passageHash = label.PassageHash,
            verdict = (short)label.Verdict,
            source = label.Source,
            person = label.Person,
            features = JsonSerializer.Serialize(label.Features.ToDictionary(f => f.Key, f => Math.Round(f.Value, 6)), LabelJson.Default.DictionaryStringDouble),
            confidence = label.Confidence,
            change = label.KnowledgeChange,
            isFirst = label.IsFirst,
            now,
        }, cancellation);
}

[JsonSerializable(typeof(Dictionary<string, double>))]
public sealed partial class LabelJson : JsonSerializerContext;
