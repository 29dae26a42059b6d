using System.Globalization;
using Support.Qdrant.Wire;
using Support.Retrieval.Outside;

namespace Support.Qdrant;

/// <summary>The desk's collections: one serves under an alias, kb, and is called kb_1, kb_2 and so on itself.</summary>
internal sealed class QdrantCollections(QdrantApi api, QdrantOptions options) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private volatile QdrantVersion? _checked;

    public string Alias => options.Collection;

    /// <summary>Looks once whether the server is new enough and its collection, if there is one, of the shape the desk needs.</summary>
    public async ValueTask<QdrantVersion> ReadyAsync(CancellationToken cancellation)
    {
        if (_checked is { } known)
            return known;
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (_checked is { } meanwhile)
                return meanwhile;
            var version = await VersionAsync(cancellation);
            if (await ServingAsync(cancellation) is not { } serving)
                return version;
            var info = await api.CollectionAsync(serving, cancellation);
            if (CollectionShape.Difference(info?.Config.Params, options) is { } difference)
                throw new KnowledgeIndexException($"Collection {serving} of Qdrant at {api.Address} {difference}. {KnowledgeIndexException.RebuildIt}");
            return _checked = version;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async Task<QdrantVersion> VersionAsync(CancellationToken cancellation) =>
        QdrantVersion.Parse((await api.VersionAsync(cancellation)).Version ?? "", api.Address);

    /// <summary>The collection behind the alias; null when there is none yet.</summary>
    public async Task<string?> ServingAsync(CancellationToken cancellation)
    {
        if ((await api.AliasesAsync(cancellation)).FirstOrDefault(one => one.Alias == Alias) is { } alias)
            return alias.Collection;
        if ((await api.CollectionsAsync(cancellation)).Contains(Alias))
            throw new KnowledgeIndexException($"In Qdrant at {api.Address} a collection itself is called {Alias}, where the desk keeps an alias. Rename or delete it, or set Support__Qdrant__Collection to another name.");
        return null;
    }

    /// <summary>Makes the first collection; somebody else may be doing so at the same moment.</summary>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var version = await ReadyAsync(cancellation);
        if (_checked is not null || await ServingAsync(cancellation) is not null)
            return;
        var first = NameOf(1);
        await CreateAsync(first, version, cancellation);
        await api.ChangeAliasesAsync(new AliasActions([new AliasAction { CreateAlias = new CreateAlias(first, Alias) }]), cancellation);
    }

    /// <summary>A new, empty collection that nobody uses; what a rebuild that died has left is removed.</summary>
    public async Task<string> CreateNextAsync(CancellationToken cancellation)
    {
        var version = await VersionAsync(cancellation);
        var serving = await ServingAsync(cancellation);
        foreach (var left in (await api.CollectionsAsync(cancellation)).Where(name => NumberOf(name) > 0 && name != serving))
            await api.DeleteAsync(left, cancellation);
        var next = NameOf(NumberOf(serving ?? "") + 1);
        await CreateAsync(next, version, cancellation);
        return next;
    }

    /// <summary>From now on <paramref name="name"/> serves; the former one is removed.</summary>
    public async Task ServeAsync(string name, CancellationToken cancellation)
    {
        var former = await ServingAsync(cancellation);
        var create = new AliasAction { CreateAlias = new CreateAlias(name, Alias) };
        await api.ChangeAliasesAsync(new AliasActions(former is null ? [create] : [new AliasAction { DeleteAlias = new DeleteAlias(Alias) }, create]), cancellation);
        if (former is not null)
            await api.DeleteAsync(former, cancellation);
    }

    public Task RemoveAsync(string name, CancellationToken cancellation) => api.DeleteAsync(name, cancellation);

    public void Dispose() => _oneAtATime.Dispose();

    private async Task CreateAsync(string name, QdrantVersion version, CancellationToken cancellation)
    {
        try
        {
            await api.CreateAsync(name, CollectionShape.New(options), cancellation);
        }
        catch (KnowledgeIndexException)
        {
            if (await api.CollectionAsync(name, cancellation) is null)
                throw;
        }
        await api.IndexFieldAsync(name, new FieldIndex(TenantFilter.TenantKey, new FieldSchema("keyword", version.KnowsTenants)), cancellation);
        await api.IndexFieldAsync(name, new FieldIndex(TenantFilter.AudienceKey, new FieldSchema("keyword")), cancellation);
        await api.IndexFieldAsync(name, new FieldIndex(TenantFilter.DocumentKey, new FieldSchema("integer")), cancellation);
    }

    private string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Alias}_{number}");

    /// <summary>0 for a collection that is not the desk's.</summary>
    private int NumberOf(string name) =>
        name.StartsWith(Alias + "_", StringComparison.Ordinal) && int.TryParse(name.AsSpan(Alias.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
