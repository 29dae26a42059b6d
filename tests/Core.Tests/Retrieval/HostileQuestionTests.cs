using Support.Knowledge;
using Support.Retrieval;
using Support.Text;
using Xunit;

namespace Support.Tests.Retrieval;

public sealed class HostileQuestionTests
{
    private const int MostCorrections = 24;

    [Theory]
    [InlineData(" ", 4_096)]
    [InlineData("я", 4_096)]
    [InlineData("🙂", 4_096)]
    [InlineData("оплата ", 4_095)]
    public void Of_a_text_longer_than_a_message_the_beginning_is_read(string repeated, int read)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 10_000));
        var asked = AskedText.Of(text);
        Assert.StartsWith(asked, text, StringComparison.Ordinal);
        Assert.InRange(asked.Length, read - repeated.Length, read);
        Assert.False(char.IsHighSurrogate(asked[^1]));
        Assert.Same(asked, AskedText.Of(asked));
    }

    [Fact]
    public void Of_a_message_full_of_unknown_words_few_are_corrected()
    {
        var lexicon = new Lexicon();
        foreach (var word in new[] { "оплата", "возврат" })
            lexicon.CountWord(lexicon.Add(word), 1);
        var asked = 0;
        QuestionRepair.Repair(Unknown(), lexicon, Thesaurus.General, _ =>
        {
            asked++;
            return null;
        });
        Assert.Equal(MostCorrections, asked);
    }

    [Fact]
    public void The_same_word_ten_thousand_times_is_one_word()
    {
        var found = Index().Search(string.Join(' ', Enumerable.Repeat("оплата", 10_000)), Audience.Customers);
        Assert.Equal(1, found.ContentWords);
        Assert.Equal(1, found.Passages[0].ChunkId);
    }

    [Fact]
    public void A_message_of_nothing_known_is_declined()
    {
        var found = Index().Search(Unknown(), Audience.Customers);
        Assert.InRange(found.ContentWords, 400, 800);
        Assert.InRange(found.Confidence, 0, .3);
    }

    [Theory]
    [InlineData("🙂")]
    [InlineData("\0\u0001\u0007\u001B\u007F")]
    [InlineData("\u202E\u200F\u2066")]
    [InlineData("\uD83D\uD83D\uDE00\uDE00")]
    public void What_has_no_words_finds_nothing(string question)
    {
        var found = Index().Search(question, Audience.Customers);
        Assert.Empty(found.Passages);
        Assert.Equal(0, found.Confidence);
    }

    [Fact]
    public void Words_between_marks_of_direction_and_control_characters_are_found() =>
        Assert.Equal(1, Index().Search("\u202Eоплата\u202C\0\u0007 картой", Audience.Customers).Passages[0].ChunkId);

    private static string Unknown() => string.Join(' ', Enumerable.Range(0, 500).Select(i => $"фыв{(char)('а' + i % 32)}{(char)('а' + i / 32)}щщ"));

    private static TenantIndex Index()
    {
        var index = new TenantIndex();
        index.Apply([Chunk(1, "Оплата картой или наличными."), Chunk(2, "Возврат за 14 дней.")], []);
        return index;
    }

    private static IndexedChunk Chunk(long id, string text) => new(id, id, 1, Audience.Customers, "", null, "", text);
}
