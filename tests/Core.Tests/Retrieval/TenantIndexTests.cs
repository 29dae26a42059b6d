using System.Runtime.CompilerServices;
using Support.Knowledge;
using Support.Retrieval;
using Xunit;

namespace Support.Tests.Retrieval;

public sealed class TenantIndexTests
{
    [Fact]
    public void The_chunk_that_answers_comes_first()
    {
        var index = IndexOf(
            Chunk(1, "Оплата", "Оплатить заказ можно картой или наличными при получении."),
            Chunk(2, "Возврат", "Верните товар в течение 14 дней, и мы возместим деньги."),
            Chunk(3, "Доставка", "Курьер привезёт заказ завтра."));
        Assert.Equal(2, First(index, "как сделать возврат денег"));
        Assert.Equal(1, First(index, "чем платить, картой?"));
        Assert.Equal(3, First(index, "когда приедет курьер"));
    }

    [Fact]
    public void Words_of_one_meaning_find_each_other()
    {
        var index = IndexOf(Chunk(1, "", "Чтобы стереть учётную запись, напишите нам."), Chunk(2, "", "Чтобы открыть учётную запись, напишите нам."));
        Assert.Equal(1, First(index, "удалить запись"));
    }

    [Theory]
    [InlineData("ghbdtn rfr dthyenm ltymub", "возврат")]
    [InlineData("vernut dengi za zakaz", "возврат")]
    [InlineData("вернть дньги", "возврат")]
    public void A_mistyped_question_is_understood(string question, string title)
    {
        var index = IndexOf(
            Chunk(1, "оплата", "Привет! Как оплатить заказ картой."), Chunk(2, "возврат", "Как вернуть деньги за заказ."), Chunk(3, "доставка", "Курьер привезёт завтра."));
        Assert.Equal(title, index.Search(question, Audience.Customers).Passages[0].Title);
    }

    [Fact]
    public void Known_words_are_never_corrected()
    {
        var index = IndexOf(Chunk(1, "", "договор подряда"), Chunk(2, "", "договоры подрядов и возврат"));
        Assert.Equal("подряда возврат", string.Join(' ', index.Rank("подряда возврат", Audience.Customers).Plan.Question.Tokens));
    }

    [Fact]
    public void Customers_never_see_what_is_for_staff()
    {
        var index = IndexOf(Chunk(1, "Скидки", "Секретная скидка 50 % для своих.") with { Audience = Audience.Staff }, Chunk(2, "Скидки", "Скидка 5 % всем."));
        Assert.Equal([2], Found(index, "секретная скидка", Audience.Customers));
        Assert.Equal([1, 2], Found(index, "секретная скидка", Audience.Staff));
    }

    [Fact]
    public void Many_better_chunks_for_staff_do_not_push_out_the_one_for_customers()
    {
        var index = new TenantIndex();
        index.Apply([.. Enumerable.Range(1, 200).Select(id => Chunk(id, "возврат денег", "возврат денег") with { Audience = Audience.Staff }),
            Chunk(1_000, "", "Возврат возможен, но деньги придут не сразу, а через несколько дней после проверки.")], []);
        Assert.Equal([1_000], Found(index, "возврат денег", Audience.Customers));
    }

    [Fact]
    public void A_removed_chunk_is_gone_at_once_and_a_replaced_one_has_its_new_words()
    {
        var index = IndexOf(Chunk(1, "", "Магазин открыт до шести."), Chunk(2, "", "Магазин закрыт в понедельник."));
        index.Apply([Chunk(1, "", "Магазин открыт до восьми.")], [2]);
        Assert.Equal(1, index.Chunks);
        var passage = Assert.Single(index.Search("когда открыт магазин", Audience.Customers).Passages);
        Assert.Equal("Магазин открыт до восьми.", passage.Text);
        index.Apply([], [1]);
        Assert.Empty(index.Search("когда открыт магазин", Audience.Customers).Passages);
    }

    [Fact]
    public void An_index_that_grew_and_shrank_ranks_like_one_built_at_once()
    {
        var random = new Random(7);
        var grown = new TenantIndex();
        var live = new Dictionary<long, IndexedChunk>();
        for (var step = 0; step < 120; step++)
        {
            var added = Enumerable.Range(0, random.Next(6)).Select(_ => RandomChunk(random, random.Next(1, 150))).DistinctBy(chunk => chunk.ChunkId).ToList();
            var removed = live.Keys.Where(_ => random.Next(12) == 0).ToList();
            grown.Apply(added, removed);
            foreach (var id in removed)
                live.Remove(id);
            foreach (var chunk in added)
                live[chunk.ChunkId] = chunk;
        }
        var built = IndexOf([.. live.Values]);
        Assert.Equal(live.Count, grown.Chunks);
        for (var i = 0; i < 40; i++)
        {
            var question = RandomText(random, 4);
            Assert.Equal(
                built.Search(question, Audience.Customers).Passages.Select(passage => (passage.ChunkId, Math.Round(passage.Score, 4))).OrderBy(found => found),
                grown.Search(question, Audience.Customers).Passages.Select(passage => (passage.ChunkId, Math.Round(passage.Score, 4))).OrderBy(found => found));
        }
    }

    [Fact]
    public async Task Searches_go_on_while_the_index_changes_and_see_whole_changes_only()
    {
        var index = IndexOf(Enumerable.Range(1, 50).Select(id => Chunk(id, "договор", $"постоянный договор {id}")).ToArray());
        var (searches, over) = (0, false);
        // On a thread of its own, or it may begin only when all changes are done.
        var searching = Task.Factory.StartNew(
            () =>
            {
                while (!Volatile.Read(ref over))
                {
                    var found = index.Search("сменный товар", Audience.Customers, 50).Passages.Where(passage => passage.ChunkId > 1_000).ToList();
                    Assert.True(found.Count is 0 or 10, $"{found.Count} of ten chunks that come and go together were found");
                    Assert.True(found.Select(passage => passage.Version).Distinct().Count() <= 1, "two versions were found at once");
                    Interlocked.Increment(ref searches);
                }
            },
            TaskCreationOptions.LongRunning);
        // Every third change takes the ten away; the last one does not.
        for (var version = 1; version <= 200 || (Volatile.Read(ref searches) < 50 && !searching.IsCompleted) || version % 3 != 0; version++)
            index.Apply(version % 3 == 0 ? [] : [.. Enumerable.Range(1, 10).Select(id => Chunk(1_000 + id, "", $"сменный товар {id} {version}") with { Version = version })],
                version % 3 == 0 ? [.. Enumerable.Range(1, 10).Select(id => 1_000L + id)] : []);
        Volatile.Write(ref over, true);
        await searching;
        Assert.Equal(60, index.Chunks);
    }

    [Fact]
    public void An_index_that_was_dropped_is_not_held_by_the_thread_that_asked_it()
    {
        var dropped = AskOnce();
        // While other tests keep a collection going on in the background, one call may leave the oldest generation to it.
        for (var i = 0; i < 10 && dropped.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(dropped.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference AskOnce()
        {
            var index = IndexOf(Chunk(1, "", "Оплата картой."));
            Assert.Single(index.Search("оплата", Audience.Customers).Passages);
            return new WeakReference(index.Plan("оплата").Snapshot);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ?!")]
    [InlineData("🙂🙂")]
    public void A_question_without_words_finds_nothing(string question)
    {
        var found = IndexOf(Chunk(1, "", "текст")).Search(question, Audience.Customers);
        Assert.Empty(found.Passages);
        Assert.Equal(0, found.Confidence);
        Assert.Equal(0, found.ContentWords);
    }

    [Fact]
    public void An_empty_index_and_empty_chunks_are_searched_without_harm()
    {
        Assert.Empty(new TenantIndex().Search("вопрос", Audience.Customers).Passages);
        Assert.Empty(IndexOf(Chunk(1, "", ""), Chunk(2, "", "…")).Search("вопрос", Audience.Customers).Passages);
    }

    [Fact]
    public void A_message_of_greatest_length_is_searched()
    {
        var index = IndexOf(Chunk(1, "", "Оплата картой."));
        Assert.Equal(1, First(index, string.Join(' ', Enumerable.Range(0, 550).Select(i => $"сло{i}")) + " оплата"));
        Assert.Empty(index.Search(new string('щ', 4_096), Audience.Customers).Passages);
    }

    private static TenantIndex IndexOf(params IndexedChunk[] chunks)
    {
        var index = new TenantIndex();
        index.Apply(chunks, []);
        return index;
    }

    private static IndexedChunk Chunk(long id, string title, string text) => new(id, id, 1, Audience.Customers, "Источник", null, title, text);

    private static IndexedChunk RandomChunk(Random random, long id) => Chunk(id, RandomText(random, 2), RandomText(random, random.Next(3, 30)));

    private static string RandomText(Random random, int words)
    {
        string[] all = ["оплата", "оплатить", "возврат", "вернуть", "доставка", "доставить", "курьер", "заказ", "заказы", "как", "в", "price", "prices", "refund", "card"];
        return string.Join(' ', Enumerable.Range(0, words).Select(_ => all[random.Next(all.Length)]));
    }

    private static long First(TenantIndex index, string question) => index.Search(question, Audience.Customers).Passages[0].ChunkId;

    private static List<long> Found(TenantIndex index, string question, Audience audience) =>
        index.Search(question, audience).Passages.Select(passage => passage.ChunkId).Order().ToList();
}
