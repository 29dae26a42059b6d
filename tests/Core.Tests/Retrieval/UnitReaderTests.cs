using Support.Knowledge;
using Support.Retrieval;

namespace Support.Tests.Retrieval;

/// <summary>What titles and sentences say of a question.</summary>
public sealed class UnitReaderTests
{
    [Fact]
    public void A_chunk_is_read_as_its_title_then_sentences_and_lines()
    {
        var entry = ChunkEntry.Read(Chunk(1, "Возврат. Обмен", "Верните товар. Деньги придут!\nЗа 3.5 дня\n- на карту"), new Lexicon());
        Assert.Equal([0, 2, 4, 6, 10], entry.Units);
    }

    [Fact]
    public void The_best_sentence_and_the_title_are_measured_each_for_itself()
    {
        var ranked = Rank("вернуть товар", ("Вернуть товар", "Обмен есть. Вернуть можно. Товар есть."), ("Скидки", "Вернуть товар можно."), ("Доставка", "Пять дней."));
        var whole = ranked.Candidates.Single(candidate => candidate.Entry.Chunk.ChunkId == 2);
        var halves = ranked.Candidates.Single(candidate => candidate.Entry.Chunk.ChunkId == 1);

        Assert.InRange(whole.UnitCoverage, .99, 1.001);
        Assert.InRange(halves.UnitCoverage, .99, 1.001);
        Assert.InRange(halves.TitleLikeness, .99, 1.001);
        Assert.InRange(whole.TitleLikeness, 0, .1);
        Assert.InRange(halves.Coverage, .99, 1.001);
        Assert.Equal(1, ranked.Candidates.Sum(candidate => candidate.Agreement), 6);
        Assert.Equal(1, ranked.Candidates.Sum(candidate => candidate.AgreementWithTitles), 6);
    }

    [Fact]
    public void What_the_title_says_need_not_be_said_again_in_the_sentence()
    {
        var ranked = Rank("гарантия на пылесос", ("Гарантия", "Пылесос чинят год. Чайник не чинят."), ("", "Гарантия есть. Пылесос есть."), ("Доставка", "Пять дней."));
        Assert.InRange(Of(ranked, 1).SentenceCoverage, .7, 1.001);
        Assert.InRange(Of(ranked, 2).SentenceCoverage, .3, .7);
        Assert.InRange(Of(ranked, 1).UnitCoverage, .3, .7);
    }

    [Fact]
    public void Who_asks_for_a_number_is_answered_by_a_sentence_with_one()
    {
        (string, string)[] chunks = [("", "Доставка стоит 300 рублей. Обмен есть."), ("", "Доставка стоит денег. Обмен с 9 до 12."), ("", "Пять дней.")];
        var asked = Rank("сколько стоит доставка", chunks);
        Assert.InRange(Of(asked, 1).NumberCoverage, .4, 1.001);
        Assert.InRange(Of(asked, 2).NumberCoverage, 0, .2);
        Assert.All(Rank("стоит ли доставка", chunks).Candidates, candidate => Assert.Equal(0, candidate.NumberCoverage));
    }

    [Fact]
    public void Three_words_in_a_row_count_where_they_stand_in_a_row()
    {
        var ranked = Rank("вернуть товар почтой", ("", "Можно вернуть товар почтой."), ("", "Почтой товар не вернуть."), ("Вернуть", "Товар почтой."), ("Доставка", "Пять дней."));
        Assert.Equal(1, Of(ranked, 1).Triples, 6);
        Assert.Equal(0, Of(ranked, 2).Triples, 6);
        Assert.Equal(0, Of(ranked, 3).Triples, 6);
    }

    [Fact]
    public void A_word_that_all_candidates_have_tells_nothing()
    {
        var ranked = Rank("вернуть товар", [("", "Товар вернуть можно."), ("", "Товар есть."), ("", "Товар новый."), ("", "Товар старый."), .. Enumerable.Repeat(("", "Пять дней."), 9)]);
        Assert.Equal(1, Of(ranked, 1).Telling, 6);
        Assert.InRange(Of(ranked, 2).Telling, 0, .15);
        Assert.InRange(Of(ranked, 2).Narrow, .2, .5);
    }

    [Fact]
    public void Nothing_of_a_question_is_left_for_the_next_one()
    {
        (string, string)[] chunks = [("Вернуть товар", "Обмен есть. Вернуть можно."), ("Скидки", "Вернуть товар можно. Скидки тоже."), ("Доставка", "Пять дней.")];
        var alone = Rank("скидки", chunks).Candidates.Select(candidate => candidate.Score).ToList();
        Rank("вернуть товар и обмен за пять дней", chunks);
        Assert.Equal(alone, Rank("скидки", chunks).Candidates.Select(candidate => candidate.Score));
    }

    private static Ranked Rank(string question, params (string Title, string Text)[] chunks)
    {
        var index = new TenantIndex();
        index.Apply([.. chunks.Select((chunk, i) => Chunk(i + 1, chunk.Title, chunk.Text))], []);
        return index.Rank(question, Audience.Customers);
    }

    private static Candidate Of(Ranked ranked, long chunk) => ranked.Candidates.Single(candidate => candidate.Entry.Chunk.ChunkId == chunk);

    private static IndexedChunk Chunk(long id, string title, string text) => new(id, id, 1, Audience.Customers, "Магазин", null, title, text);
}
