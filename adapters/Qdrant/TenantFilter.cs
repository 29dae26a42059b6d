using Support.Knowledge;
using Support.Qdrant.Wire;
using Support.Tenants;

namespace Support.Qdrant;

/// <summary>
/// Which points a call may touch. There is no way to make one without a tenant, and no call that reads or changes points takes anything else.
/// </summary>
internal sealed class TenantFilter
{
    public const string TenantKey = "tenant_id";
    public const string AudienceKey = "audience";
    public const string DocumentKey = "document_id";

    private TenantFilter(Filter wire) => Wire = wire;

    public Filter Wire { get; }

    /// <summary>All the tenant has: what its idf is counted over.</summary>
    public static TenantFilter All(TenantId tenant) => new(new Filter([Is(tenant)]));

    /// <summary>What somebody of this audience may read: customers only what is for customers, the staff everything.</summary>
    public static TenantFilter ReadableBy(TenantId tenant, Audience audience) => new(new Filter(
    [
        Is(tenant),
        new Condition(AudienceKey, new Match { Any = audience == Audience.Staff ? [NameOf(Audience.Customers), NameOf(Audience.Staff)] : [NameOf(Audience.Customers)] }),
    ]));

    public static TenantFilter OfDocument(TenantId tenant, long document) => new(new Filter([Is(tenant), Is(document)]));

    public static TenantFilter OfDocumentExcept(TenantId tenant, long document, IReadOnlyList<long> chunks) =>
        chunks.Count == 0 ? OfDocument(tenant, document) : new(new Filter([Is(tenant), Is(document)]) { MustNot = [new HasId(chunks)] });

    public static string NameOf(Audience audience) => audience == Audience.Customers ? "customers" : "staff";

    private static Condition Is(TenantId tenant) => new(TenantKey, new Match { Value = tenant.ToString() });

    private static Condition Is(long document) => new(DocumentKey, new Match { Number = document });
}
