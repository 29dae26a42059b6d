using Support.Generation.Guards;
using Xunit;

namespace Support.Tests.Generation.Guards;

public sealed class FalsePromisesTests
{
    private static readonly IReadOnlyList<Labelled> Sentences = LabelledLines.Read<Labelled>("promises.jsonl");

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public void Promises_are_told_from_statements(string language)
    {
        var sentences = Sentences.Where(one => one.Language == language).ToList();
        var missed = sentences.Where(one => one.Promise && !IsFound(one)).ToList();
        var wrong = sentences.Where(one => !one.Promise && IsFound(one)).ToList();
        var found = sentences.Count(one => one.Promise) - missed.Count;
        var recall = (double)found / (found + missed.Count);
        var precision = (double)found / (found + wrong.Count);
        TestContext.Current.SendDiagnosticMessage($"{language}: {sentences.Count} sentences, precision {precision:P1}, recall {recall:P1}");
        Assert.True(precision >= .97 && recall >= .97,
            $"precision {precision:P1}, recall {recall:P1}\nmissed:\n{string.Join('\n', missed.Select(one => one.Text))}\nwrong:\n{string.Join('\n', wrong.Select(one => one.Text))}");
    }

    [Fact]
    public void The_list_has_both_kinds_in_both_languages()
    {
        Assert.True(Sentences.Count >= 150);
        Assert.All(Sentences.GroupBy(one => (one.Language, one.Promise)), group => Assert.True(group.Count() >= 40));
    }

    [Fact]
    public void What_was_done_is_no_companys_statement_even_when_a_document_says_it()
    {
        string[] cited = ["I have refunded your order.", "Your order has been cancelled."];
        Assert.Equal(2, FalsePromises.Find(cited, cited).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("...")]
    [InlineData("😀")]
    [InlineData("да")]
    public void Sentences_without_much_in_them_are_no_promises(string sentence) => Assert.Empty(FalsePromises.Find([sentence], []));

    private static bool IsFound(Labelled one) => FalsePromises.Find([one.Text], one.Cited is null ? [] : [one.Cited]).Count > 0;

    private sealed record Labelled(string Language, bool Promise, string Text, string? Cited);
}
