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

        Assert.InRange(whole.BodyCoverage, .99, 1.001);
        Assert.InRange(halves.BodyCoverage, .3, .7);
        Assert.InRange(halves.UnitCoverage, .99, 1.001);
        Assert.InRange(halves.TitleLikeness, .99, 1.001);
        Assert.InRange(whole.TitleLikeness, 0, .1);
        Assert.InRange(halves.Coverage, .99, 1.001);
        Assert.Equal(1, ranked.Candidates.Sum(candidate => candidate.Agreement), 6);
        Assert.Equal(1, ranked.Candidates.Sum(candidate => candidate.AgreementWithTitles), 6);
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

    private static IndexedChunk Chunk(long id, string title, string text) => new(id, id, 1, Audience.Customers, "Магазин", null, title, text);
}
