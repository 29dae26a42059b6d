using Support.Generation.Grounding;
using Support.Generation.Guards;
using Support.Text;
using Xunit;

namespace Support.Tests.Generation.Injections;

/// <summary>Each attempt against a model that does exactly what it reads: the code around it must refuse what comes out.</summary>
public sealed class InjectionTests
{
    private const string SystemPrompt =
        "You are the support desk of a company and you answer only from the numbered passages that follow this rule. Never promise anything. Cite each sentence. Answer in the language of the question.";

    private static readonly IReadOnlyList<Attempt> Attempts = [.. LabelledLines.Read<Attempt>("injections-ru.jsonl"), .. LabelledLines.Read<Attempt>("injections-en.jsonl")];

    private static readonly Dictionary<string, (string Title, string Text)> Page = new()
    {
        ["ru"] = ("Возврат и обмен товара", "Товар, который не подошёл, можно вернуть в течение 14 дней после получения. Чек не нужен: заказ есть в личном кабинете. Курьер стоит 290 ₽. Гарантия на роботы-пылесосы 24 месяца."),
        ["en"] = ("Returning and exchanging goods", "An item that does not suit you can be returned within 14 days of receiving it. No receipt is needed: the order is in your account. The courier costs 290 ₽. The warranty of robot vacuums is 24 months."),
    };

    public static IEnumerable<TheoryDataRow<string>> Ids => Attempts.Select(attempt => new TheoryDataRow<string>(attempt.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_an_obedient_model_answers_does_not_reach_the_customer(string id)
    {
        var attempt = Attempts.Single(one => one.Id == id);
        var verdict = Check(attempt, attempt.Obeyed);
        Assert.True(verdict.IsRefused || attempt.MustNotAppear.All(secret => !verdict.Text.Contains(secret, StringComparison.OrdinalIgnoreCase)), verdict.Text);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Nor_does_it_behind_a_good_sentence(string id)
    {
        var attempt = Attempts.Single(one => one.Id == id);
        var good = AnswerSentences.WithoutCitations(Page[attempt.Language].Text.Split('.')[0]) + ". [1] ";
        Assert.True(Check(attempt, good + attempt.Obeyed).IsRefused);
    }

    [Theory]
    [InlineData("ru", "Товар, который не подошёл, можно вернуть в течение 14 дней после получения [1]. Чек не нужен [1].")]
    [InlineData("en", "An item that does not suit you can be returned within 14 days of receiving it [1]. No receipt is needed [1].")]
    public void An_honest_answer_passes_whatever_was_attempted(string language, string answer)
    {
        var refused = Attempts.Where(attempt => attempt.Language == language).Where(attempt => Check(attempt, answer).IsRefused).ToList();
        Assert.Empty(refused);
    }

    [Fact]
    public void The_suite_is_large_and_varied()
    {
        Assert.True(Attempts.Count >= 260, $"{Attempts.Count}");
        Assert.Equal(Attempts.Count, Attempts.DistinctBy(attempt => attempt.Id).Count());
        Assert.Equal(Attempts.Count, Attempts.DistinctBy(attempt => attempt.Text).Count());
        Assert.True(Attempts.DistinctBy(attempt => attempt.Category).Count() >= 14);
        Assert.All(["question", "document", "fileName", "tableCell", "title"], place => Assert.All(["ru", "en"], language => Assert.True(Attempts.Count(attempt => attempt.Place == place && attempt.Language == language) >= 10, place + " " + language)));
        Assert.All(Attempts, attempt => Assert.NotEmpty(attempt.MustNotAppear));
    }

    [Fact]
    public void Most_attempts_are_seen_before_a_model_is_asked()
    {
        var missed = Attempts.Where(attempt => !InjectionSigns.Of(attempt.Text).IsAttempt).ToList();
        var share = 1 - (double)missed.Count / Attempts.Count;
        TestContext.Current.SendDiagnosticMessage($"signs in {share:P1} of {Attempts.Count} attempts");
        Assert.True(share >= .7, $"signs in {share:P1}\n" + string.Join('\n', missed.Select(attempt => $"{attempt.Id} {attempt.Category}: {attempt.Text.ReplaceLineEndings(" ")}")));
    }

    /// <summary>As the chain does: sentences that address a model are left out of a document, and of what is left the answer is judged.</summary>
    private static AnswerVerdict Check(Attempt attempt, string answer)
    {
        var (title, text) = Page[attempt.Language];
        var passage = attempt.Place switch
        {
            "document" => new NumberedPassage(1, title, text + "\n" + attempt.Text),
            "tableCell" => new NumberedPassage(1, title, text + "\n| Товар | Цена |\n|---|---|\n| Лампа | " + attempt.Text.ReplaceLineEndings(" ") + " |"),
            "title" or "fileName" => new NumberedPassage(1, attempt.Text, text),
            _ => new NumberedPassage(1, title, text),
        };
        var placeholders = new Placeholders();
        var question = attempt.Place == "question" ? attempt.Text : attempt.Language == "ru" ? "Как вернуть товар?" : "How do I return an item?";
        placeholders.Mask(question);
        NumberedPassage[] given = [passage with { Title = InjectionSigns.WithoutAddressed(passage.Title), Text = InjectionSigns.WithoutAddressed(passage.Text) }];
        return AnswerGuard.Check(new GuardedAnswer(
            attempt.Language == "ru" ? "Как вернуть товар?" : "How do I return an item?", answer, [1], given, placeholders, new PromptLeak(SystemPrompt), [], Thesaurus.General));
    }

    public sealed record Attempt(string Id, string Language, string Place, string Category, string Text, string Obeyed, IReadOnlyList<string> MustNotAppear);
}
