using Support.Contracts;
using Support.Knowledge;
using Support.Retrieval;
using Support.Retrieval.Written;

namespace Support.Tests.Retrieval.Written;

public sealed class WrittenIndexTests
{
    private const string InOtherWords = "хочу назад свои рубли";

    private static readonly IndexedChunk[] Chunks =
    [
        Chunk(1, "Возврат", "Мы возвращаем оплату за четырнадцать дней."), Chunk(2, "Доставка", "Курьер привезёт заказ завтра."), Chunk(3, "Часы", "Мы открыты с девяти до шести."),
    ];

    [Fact]
    public void A_chunk_is_found_by_what_was_written_for_it_and_by_nothing_of_it_with_a_weight_of_0()
    {
        Assert.Equal([1L], Found(With(.3, Of(1, InOtherWords)), InOtherWords));
        Assert.Empty(Found(With(0, Of(1, InOtherWords)), InOtherWords));
    }

    [Fact]
    public void What_was_written_last_counts_and_what_was_taken_away_does_not()
    {
        var index = With(.3, Of(1, InOtherWords));
        index.Apply([Of(2, InOtherWords), Of(1, "верните бабки")]);
        Assert.Equal([2L], Found(index, InOtherWords));
        index.Apply([Of(2)]);
        Assert.Empty(Found(index, InOtherWords));
        Assert.Equal([1L], Found(index, "верните бабки"));
    }

    [Fact]
    public void A_removed_chunk_takes_its_questions_with_it()
    {
        var index = With(.3, Of(1, InOtherWords));
        index.Apply([], [1]);
        Assert.Empty(Found(index, InOtherWords));
        index.Apply([Chunks[0]], []);
        Assert.Empty(Found(index, InOtherWords));
    }

    [Fact]
    public void A_chunk_for_staff_is_found_by_no_customer_even_before_its_questions_are_labelled_anew()
    {
        var index = With(.3, Of(1, InOtherWords));
        index.Apply([Chunks[0] with { Audience = Audience.Staff }], []);
        Assert.Empty(Found(index, InOtherWords));
        Assert.Equal(1, index.Search(InOtherWords, Audience.Staff).Passages[0].ChunkId);
    }

    [Fact]
    public void A_chunk_gains_weight_times_likeness_squared_and_no_other_gains_by_the_weight()
    {
        const string question = "когда курьер привезёт заказ";
        var (little, much) = (Ranked(With(.2, Of(3, question)), question), Ranked(With(.5, Of(3, question)), question));
        Assert.Equal(little[2].Score, much[2].Score);
        Assert.Null(much[2].Written);
        Assert.InRange(much[3].Written!.Value, .8, 1);
        Assert.Equal(.3 * Math.Pow(much[3].Written!.Value, 2), much[3].Score - little[3].Score, 1e-9);
    }

    [Fact]
    public void Without_a_written_question_every_score_and_feature_is_as_before()
    {
        var knowledge = new SeededKnowledge(7);
        var pages = Enumerable.Range(0, 300).Select(i => knowledge.NextPage() is var (title, text) ? Chunk(i, title, text) : null!).ToList();
        var (plain, emptied) = (new TenantIndex { QuestionsWeight = 0 }, new TenantIndex());
        plain.Apply(pages, []);
        emptied.Apply(pages, []);
        emptied.Apply([.. pages.Select(page => Of(page.ChunkId, "как оплатить заказ"))]);
        emptied.Apply([.. pages.Select(page => Of(page.ChunkId))]);
        for (var i = 0; i < 200; i++)
        {
            var question = knowledge.NextQuestion();
            var (one, other) = (plain.Search(question, Audience.Customers), emptied.Search(question, Audience.Customers));
            Assert.Equal(one.Passages, other.Passages);
            Assert.Equal(one.Features, other.Features);
        }
    }

    private static TenantIndex With(double weight, params ChunkQuestions[] written)
    {
        var index = new TenantIndex { QuestionsWeight = weight };
        index.Apply(Chunks, []);
        index.Apply(written);
        return index;
    }

    private static Dictionary<long, Candidate> Ranked(TenantIndex index, string question) => index.Rank(question, Audience.Customers).Candidates.ToDictionary(one => one.Entry.Chunk.ChunkId);

    private static IEnumerable<long> Found(TenantIndex index, string question) => index.Search(question, Audience.Customers).Passages.Select(passage => passage.ChunkId);

    private static ChunkQuestions Of(long chunk, params string[] questions) => new(chunk, Audience.Customers, questions);

    private static IndexedChunk Chunk(long id, string title, string text) => new(id, id, 1, Audience.Customers, "faq", null, title, text);
}
