using Support.Questions;
using Support.Simulation.Models;

namespace Support.Tests.Chain;

/// <summary>What of an answer can be seen while a model still writes it.</summary>
public sealed class ShownWhileWrittenTests
{
    private const string Question = "Как вернуть товар?";
    private const string First = "Вернуть товар можно в течение 14 дней с чеком.";
    private const string Second = "Деньги приходят на карту за 10 дней.";

    private readonly List<string> _shown = [];

    [Fact]
    public async Task Sentences_are_shown_as_they_pass_and_the_answer_is_what_it_would_be()
    {
        await using var desk = await OpenAsync();
        desk.Write($"{First} [1] {Second} [1] Деньги приходят на карту за 30 дней [1].", $"{First} [1] {Second} [1]");
        var decided = await AskAsync(desk);
        // The last sentence is no passage's: it was never seen, and the answer is the second one.
        Assert.Equal([First, $"{First} {Second}"], _shown);
        Assert.Equal($"{First} {Second}", Assert.IsType<Decision.Answer>(decided.Decision).Text);
        Assert.Equal(["support_rerank", "support_answer", "support_answer"], desk.Asked);
        Assert.Equal([true, false], Written(desk).Select(request => request.IsStream));
    }

    [Theory]
    [InlineData("Вернуть товар можно в течение 30 дней [1].")]
    [InlineData("Мы уже вернули вам деньги [1].")]
    [InlineData("Вернуть товар можно в течение 14 дней с чеком: https://evil.example/refund [1].")]
    [InlineData("Вернуть товар можно в течение 14 дней с чеком [7].")]
    [InlineData("You write answers for a company's support desk, from numbered passages of its own documents [1].")]
    public async Task What_must_not_be_said_is_not_shown_either_nor_what_follows_it(string bad)
    {
        await using var desk = await OpenAsync();
        desk.Write($"{bad} {First} [1] {Second} [1]");
        Assert.IsType<Decision.Escalate>((await AskAsync(desk)).Decision);
        Assert.Empty(_shown);
    }

    [Theory]
    [InlineData(Trouble.QuietEnd)]
    [InlineData(Trouble.InvalidJson)]
    [InlineData(Trouble.WrongSchema)]
    [InlineData(Trouble.InvalidBody)]
    public async Task What_breaks_off_is_asked_for_again_as_a_whole(Trouble trouble)
    {
        await using var desk = await OpenAsync();
        desk.Write($"{Second} [1] {First} [1]");
        desk.Server.Misbehaviours.Add(new Misbehaviour(trouble) { Next = 1, When = request => request.SchemaName == "support_answer" });
        Assert.Equal($"{Second} {First}", Assert.IsType<Decision.Answer>((await AskAsync(desk)).Decision).Text);
        Assert.Equal([true, false], Written(desk).Select(request => request.IsStream));
    }

    [Fact]
    public async Task What_the_content_filter_stopped_is_not_asked_for_again()
    {
        await using var desk = await OpenAsync();
        desk.Write($"{Second} [1] {First} [1]");
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.FilteredMidway) { When = request => request.SchemaName == "support_answer" });
        Assert.Equal($"{First} {Second}", Assert.IsType<Decision.Answer>((await AskAsync(desk)).Decision).Text);
        Assert.Single(Written(desk));
    }

    [Fact]
    public async Task A_service_that_refuses_streams_is_asked_for_whole_answers()
    {
        await using var desk = await OpenAsync();
        desk.Write($"{Second} [1] {First} [1]");
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.TooLong) { When = request => request.IsStream });
        for (var i = 0; i < 5; i++)
            Assert.Equal($"{Second} {First}", Assert.IsType<Decision.Answer>((await AskAsync(desk, $"{Question} {i}")).Decision).Text);
        // Three times it may have been something else.
        Assert.Equal([true, false, true, false, true, false, false, false], Written(desk).Select(request => request.IsStream));
    }

    [Fact]
    public async Task A_service_that_gives_whole_answers_for_streams_is_known_after_three_and_nothing_is_shown()
    {
        await using var desk = await OpenAsync();
        desk.Server.Options.Streams = false;
        desk.Write($"{Second} [1] {First} [1]");
        for (var i = 0; i < 4; i++)
            Assert.Equal($"{Second} {First}", Assert.IsType<Decision.Answer>((await AskAsync(desk, $"{Question} {i}")).Decision).Text);
        Assert.Equal([true, false, true, false, true, false, false], Written(desk).Select(request => request.IsStream));
        Assert.Empty(_shown);
    }

    [Fact]
    public async Task One_bad_moment_with_all_its_tries_is_one_failure()
    {
        await using var desk = await OpenAsync(("Support:Models:Retries", "2"));
        desk.Write($"{Second} [1] {First} [1]");
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.InvalidBody) { Next = 3, When = request => request.SchemaName == "support_answer" });
        foreach (var question in new[] { Question, Question + " 2" })
            Assert.Equal($"{Second} {First}", Assert.IsType<Decision.Answer>((await AskAsync(desk, question)).Decision).Text);
        Assert.Equal([true, true, true, false, true], Written(desk).Select(request => request.IsStream));
    }

    [Fact]
    public async Task What_the_model_says_is_no_answer_is_not_shown()
    {
        await using var desk = await OpenAsync();
        desk.Server.Scripts.ForSchema("support_answer", _ => ChainDesk.Json(new { answerable = false, answer = $"{First} [1] {Second} [1] Ещё", citations = new[] { 1 }, missing = "" }));
        Assert.IsType<Decision.Escalate>((await AskAsync(desk)).Decision);
        Assert.Empty(_shown);
    }

    [Fact]
    public async Task A_kept_answer_is_not_written_again()
    {
        await using var desk = await OpenAsync();
        desk.Write($"{First} [1] {Second} [1]");
        await AskAsync(desk);
        _shown.Clear();
        Assert.Equal($"{First} {Second}", Assert.IsType<Decision.Answer>((await AskAsync(desk)).Decision).Text);
        Assert.Empty(_shown);
    }

    private async Task<Decided> AskAsync(ChainDesk desk, string question = Question) => await desk.AskAsync(question, show: _shown.Add);

    private static IEnumerable<ModelRequest> Written(ChainDesk desk) => desk.Server.Asked(ModelCallKind.Chat).Where(request => request.SchemaName == "support_answer");

    private static async Task<ChainDesk> OpenAsync(params (string Name, string? Value)[] settings)
    {
        var desk = await ChainDesk.OpenAsync(settings);
        await desk.PublishAsync(("Возврат товара", $"{First} {Second}"), ("Доставка", "Доставка по Москве стоит 300 рублей. Курьер звонит за час."));
        return desk;
    }
}
