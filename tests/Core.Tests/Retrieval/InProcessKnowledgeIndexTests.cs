using Support.Knowledge;
using Support.Retrieval;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Retrieval;

public sealed class InProcessKnowledgeIndexTests
{
    private static readonly TenantId Tenant = new(Guid.Parse("11111111-1111-1111-1111-111111111111"));
    private static readonly TenantId Other = new(Guid.Parse("22222222-2222-2222-2222-222222222222"));

    private readonly Knowledge _knowledge = new();
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_tenant_finds_its_own_chunks_only()
    {
        _knowledge.Put(Tenant, 1, Chunk(10, "Возврат за 14 дней."));
        _knowledge.Put(Other, 1, Chunk(10, "Возврат за 30 дней."));
        var index = Create();
        Assert.Equal("Возврат за 14 дней.", await First(index, Tenant));
        Assert.Equal("Возврат за 30 дней.", await First(index, Other));
    }

    [Fact]
    public async Task A_search_sees_at_least_the_change_it_names()
    {
        _knowledge.Put(Tenant, 1, Chunk(10, "Возврат за 14 дней."));
        var index = Create();
        Assert.Equal("Возврат за 14 дней.", await First(index, Tenant));
        var change = _knowledge.Put(Tenant, 1, Chunk(11, "Возврат за 20 дней."));
        Assert.Equal("Возврат за 14 дней.", await First(index, Tenant));
        Assert.Equal("Возврат за 20 дней.", await First(index, Tenant, change));
        change = _knowledge.Put(Tenant, 1);
        Assert.Null(await First(index, Tenant, change));
    }

    [Fact]
    public async Task A_document_that_becomes_one_for_staff_is_gone_for_customers()
    {
        _knowledge.Put(Tenant, 1, Chunk(10, "Возврат за 14 дней."));
        var index = Create();
        Assert.NotNull(await First(index, Tenant));
        var change = _knowledge.Put(Tenant, 1, Chunk(10, "Возврат за 14 дней.") with { Audience = Audience.Staff });
        Assert.Null(await First(index, Tenant, change));
    }

    [Fact]
    public async Task Many_first_searches_read_the_knowledge_once()
    {
        _knowledge.Put(Tenant, 1, Chunk(10, "Возврат за 14 дней."));
        _knowledge.Hold();
        var index = Create();
        var searches = Enumerable.Range(0, 8).Select(_ => First(index, Tenant)).ToList();
        _knowledge.Release();
        Assert.All(await Task.WhenAll(searches), text => Assert.Equal("Возврат за 14 дней.", text));
        Assert.Equal(1, _knowledge.Reads);
    }

    [Fact]
    public async Task A_failed_read_fails_its_search_and_the_next_search_reads_again()
    {
        _knowledge.Put(Tenant, 1, Chunk(10, "Возврат за 14 дней."));
        _knowledge.Failing = true;
        var index = Create();
        await Assert.ThrowsAsync<IOException>(() => First(index, Tenant));
        _knowledge.Failing = false;
        Assert.Equal("Возврат за 14 дней.", await First(index, Tenant));
    }

    [Fact]
    public async Task An_index_nobody_asks_is_dropped_and_read_again_when_needed()
    {
        _knowledge.Put(Tenant, 1, Chunk(10, "Возврат за 14 дней."));
        _knowledge.Put(Other, 1, Chunk(10, "Возврат за 30 дней."));
        var index = Create();
        await First(index, Tenant);
        await First(index, Other);
        _clock.Advance(TimeSpan.FromMinutes(40));
        await First(index, Other);
        _clock.Advance(TimeSpan.FromMinutes(40));
        await First(index, Other);
        Assert.Equal(2, _knowledge.Reads);
        Assert.Equal("Возврат за 14 дней.", await First(index, Tenant));
        Assert.Equal(3, _knowledge.Reads);
    }

    private InProcessKnowledgeIndex Create() => new(_knowledge, new InProcessIndexOptions { DropAfterIdle = TimeSpan.FromHours(1) }, _clock);

    private static async Task<string?> First(InProcessKnowledgeIndex index, TenantId tenant, long atLeast = 0)
    {
        var found = await index.SearchAsync(tenant, Audience.Customers, "какой возврат", atLeast, TestContext.Current.CancellationToken);
        return found.Passages.Count == 0 ? null : found.Passages[0].Text;
    }

    private static IndexedChunk Chunk(long id, string text) => new(id, 1, 1, Audience.Customers, "Правила", null, "Правила", text);

    private sealed class Knowledge : IChunkSource
    {
        private readonly Dictionary<(TenantId Tenant, long Document), (long Change, ChangedDocument Document)> _documents = [];
        private TaskCompletionSource _held = Released();
        private long _changes;

        public int Reads { get; private set; }

        public bool Failing { get; set; }

        public long Put(TenantId tenant, long document, params IndexedChunk[] chunks)
        {
            _documents[(tenant, document)] = (++_changes, new ChangedDocument(document, chunks));
            return _changes;
        }

        public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _held.SetResult();

        public async ValueTask<KnowledgeChanges> ChangesAsync(TenantId tenant, long since, CancellationToken cancellation)
        {
            await _held.Task.WaitAsync(cancellation);
            if (Failing)
                throw new IOException("The database is away.");
            Reads++;
            return new KnowledgeChanges(
                _changes, _documents.Where(one => one.Key.Tenant == tenant && one.Value.Change > since).Select(one => one.Value.Document).ToList());
        }

        private static TaskCompletionSource Released()
        {
            var released = new TaskCompletionSource();
            released.SetResult();
            return released;
        }
    }

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
