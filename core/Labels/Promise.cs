using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Confidence;
using Support.Database;

namespace Support.Labels;

/// <summary>
/// Makes a tenant's fit and certificate anew from its labels. A press of /label does it in the transaction that writes the label: somebody looks
/// at the count. Everything else that writes labels (customers' thumbs, colleagues' answers, a replay) only marks the tenant, and
/// <see cref="KeepPromises"/> follows: no customer's press waits for another's fit. The tenant's row is the lock of both, taken before the labels
/// are read, so that of two labels written at once none is lost. It is the last lock of a transaction: conversation, ticket, question, tenant.
/// </summary>
public static class Promise
{
    private const string ReadSetting = "select value::text from setting where tenant_id = @tenant and key = @key";

    public static async Task<TenantConfidence> ReadAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        TenantConfidence.Read(await transaction.FirstAsync<string>(ReadSetting, Which(transaction), cancellation));

    private const string Lock =
        "select knowledge_change, coalesce(labels_model, @mark) <> @mark as is_of_other_model from tenant where id = @tenant for no key update";

    /// <summary>Nobody else changes this tenant's promise until the transaction ends.</summary>
    internal static async Task<LockedPromise> LockAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        await transaction.FirstAsync<LockedPromise>(Lock, new { tenant = transaction.Tenant.Value, mark = ModelMark.Current }, cancellation)
        ?? throw new InvalidOperationException($"There is no tenant {transaction.Tenant}.");

    private const string Write =
        "insert into setting (tenant_id, key, value) values (@tenant, @key, @value::jsonb) on conflict (tenant_id, key) do update set value = excluded.value";

    /// <summary>Under the lock. The certificate follows the target.</summary>
    public static async Task<TenantConfidence> ChooseAsync(TenantTransaction transaction, Func<TenantConfidence, TenantConfidence> choice, long person, DateTimeOffset now, CancellationToken cancellation)
    {
        var locked = await LockAsync(transaction, cancellation);
        var before = await ReadAsync(transaction, cancellation);
        var chosen = choice(before).Settled();
        await WriteAsync(transaction, chosen, cancellation);
        await NoteAsync(transaction, "target", Name(chosen), person, JsonSerializer.Serialize(new Choice(chosen.Mode, chosen.Target, chosen.Fixed, chosen.PeopleWhenSuspended), PromiseJson.Default.Choice), now, cancellation);
        return chosen.Target == before.Target ? chosen : await RenewAsync(transaction, chosen, locked, told: true, now, cancellation);
    }

    private const string Reached = "update tenant set labels_change = @knowledge, labels_model = @mark where id = @tenant and labels_change is not null";

    /// <summary>Leaves everything as it is while labelled questions wait to be asked again.</summary>
    /// <param name="locked">From <see cref="LockAsync"/>.</param>
    /// <param name="told">Whoever made it necessary sees the outcome.</param>
    internal static async Task<TenantConfidence> RenewAsync(TenantTransaction transaction, TenantConfidence before, LockedPromise locked, bool told, DateTimeOffset now, CancellationToken cancellation)
    {
        var labels = await LabelledQuestions.ReadAsync(transaction, cancellation);
        var knowledge = locked.KnowledgeChange;
        // Half of them asked of the old documents and half of the new ones say nothing of either.
        if (locked.IsOfOtherModel || labels.IsBehind(knowledge))
            return before;
        var drawn = labels.Drawn();
        var certificate = drawn.Count == 0 ? null : MakeCertificate.Of(drawn, before.Target, knowledge, now);
        var renewed = (before with { Certificate = certificate, Model = RefitModel.Of(labels.Fitted(knowledge)) }).Settled();
        if (told)
            renewed = renewed with { Told = renewed.State };
        // A state that the owner must be told of keeps the tenant marked, and so does a thumb or a choice that has not been asked again yet.
        if (renewed.Told == renewed.State && !labels.WaitToBeAsked(knowledge))
            await transaction.ExecuteAsync(Reached, new { tenant = transaction.Tenant.Value, knowledge, mark = ModelMark.Current }, cancellation);
        if (certificate is null && before.Certificate is null && renewed == before)
            return before;
        await WriteAsync(transaction, renewed, cancellation);
        var isAnother = certificate?.Knowledge != before.Certificate?.Knowledge || certificate?.Threshold != before.Certificate?.Threshold;
        if (renewed.State != before.State || (isAnother && renewed.State != CertificateState.NotCertified))
            await NoteAsync(transaction, "certificate", renewed.State.ToString(), null, certificate is null ? "{}" : JsonSerializer.Serialize(certificate, PromiseJson.Default.Certificate), now, cancellation);
        return renewed;
    }

    internal static Task WriteAsync(TenantTransaction transaction, TenantConfidence confidence, CancellationToken cancellation) =>
        transaction.ExecuteAsync(Write, new { tenant = transaction.Tenant.Value, key = TenantConfidence.Key, value = confidence.ToJson() }, cancellation);

    private const string Audit = "insert into audit (tenant_id, at, person_id, action, subject, data) values (@tenant, @now, @person, @action, @subject, @data::jsonb)";

    private static Task NoteAsync(TenantTransaction transaction, string action, string subject, long? person, string data, DateTimeOffset now, CancellationToken cancellation) =>
        transaction.ExecuteAsync(Audit, new { tenant = transaction.Tenant.Value, now, person, action, subject, data }, cancellation);

    private static string Name(TenantConfidence chosen) => chosen.Mode.ToString();

    private static object Which(TenantTransaction transaction) => new { tenant = transaction.Tenant.Value, key = TenantConfidence.Key };
}

internal sealed record LockedPromise
{
    /// <summary>The newest of the tenant's knowledge.</summary>
    public long KnowledgeChange { get; init; }

    /// <summary>The labels' confidences are those of another <see cref="ConfidenceModel"/>.</summary>
    public bool IsOfOtherModel { get; init; }
}

internal sealed record Choice(PromiseMode Mode, double Target, double? Fixed, bool? PeopleWhenSuspended);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Certificate))]
[JsonSerializable(typeof(Choice))]
internal sealed partial class PromiseJson : JsonSerializerContext;
