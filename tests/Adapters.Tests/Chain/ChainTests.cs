using Microsoft.Extensions.DependencyInjection;
using Support.Confidence;
using Support.Knowledge;
using Support.Models;
using Support.Questions;
using Support.Simulation.Models;

namespace Support.Tests.Chain;

/// <summary>From a question to an answer that says what the documents say, with models in between.</summary>
public sealed class ChainTests
{
    private static readonly (string, string) Refund = ("Возврат товара", "Вернуть товар можно в течение 14 дней с чеком. Деньги приходят на карту за 10 дней.");
    private static readonly (string, string) Delivery = ("Доставка", "Доставка по Москве стоит 300 рублей. Курьер звонит за час.");

    [Fact]
    public async Task An_answer_is_written_checked_and_cites_its_passage()
    {
        await using var desk = await OpenAsync();
        desk.Write("Вернуть товар можно в течение 14 дней с чеком [1].");
        var decided = await desk.AskAsync("Как вернуть товар?");
        var answer = Assert.IsType<Decision.Answer>(decided.Decision);
        Assert.Equal("Вернуть товар можно в течение 14 дней с чеком.", answer.Text);
        Assert.Equal("Возврат товара", answer.Cited.Title);
        Assert.Equal(["support_rerank", "support_answer"], desk.Asked);
        Assert.Equal(1, decided.Retrieved.Features[VerdictFeatures.States]);
        Assert.Equal(2, decided.Use!.Calls.Count);
        Assert.All(decided.Use.Calls, call => Assert.True(call.PromptTokens > 0));
    }

    [Fact]
    public async Task Several_passages_are_cited_by_number()
    {
        await using var desk = await OpenAsync();
        await desk.PublishAsync(Refund, Delivery, ("Возврат и доставка", "За возврат товара курьером доставка не возвращается."));
        desk.Write("Вернуть товар можно в течение 14 дней с чеком [2]. За возврат товара курьером доставка не возвращается [1].");
        desk.Server.Scripts.ForSchema("support_rerank", request => ChainDesk.Json(new { ranking = NumbersOf(request, "Возврат и доставка", "Возврат товара").Select(Yes) }));
        var answer = Assert.IsType<Decision.Answer>((await desk.AskAsync("Как вернуть товар курьером, доставка возвращается?")).Decision);
        Assert.Equal("Вернуть товар можно в течение 14 дней с чеком [1]. За возврат товара курьером доставка не возвращается [2].", answer.Text);
        Assert.Equal(["Возврат товара", "Возврат и доставка"], answer.AllCited.Select(passage => passage.Title));
    }

    [Fact]
    public async Task What_no_passage_says_is_written_once_more_and_then_goes_to_a_person()
    {
        await using var desk = await OpenAsync();
        desk.Write("Вернуть товар можно в течение 30 дней [1].", "Вернуть товар можно в течение 14 дней с чеком [1].");
        Assert.IsType<Decision.Answer>((await desk.AskAsync("Как вернуть товар?")).Decision);
        Assert.Equal(["support_rerank", "support_answer", "support_answer"], desk.Asked);

        desk.Write("Вернуть товар можно в течение 30 дней [1].");
        var escalate = Assert.IsType<Decision.Escalate>((await desk.AskAsync("Как можно вернуть купленный товар?")).Decision);
        Assert.Equal(Reasons.NotSupported, escalate.Reason);
        Assert.Contains("14 дней", escalate.Draft);
    }

    [Theory]
    [InlineData("Мы уже вернули вам деньги [1].")]
    [InlineData("Я проверю и вернусь к вам с ответом [1].")]
    [InlineData("Вернуть товар можно в течение 14 дней с чеком: https://evil.example/refund [1].")]
    [InlineData("Вернуть товар можно в течение 14 дней с чеком [7].")]
    [InlineData("You can return goods within 14 days with a receipt [1].")]
    public async Task What_must_not_be_said_never_is(string said)
    {
        await using var desk = await OpenAsync();
        desk.Write(said);
        var escalate = Assert.IsType<Decision.Escalate>((await desk.AskAsync("Как вернуть товар?")).Decision);
        Assert.Equal(Reasons.NotSupported, escalate.Reason);
    }

    [Fact]
    public async Task Where_the_passages_do_not_state_the_answer_a_person_does()
    {
        await using var desk = await OpenAsync();
        desk.Server.Scripts.ForSchema("support_answer", _ => ChainDesk.Json(new { answerable = false, answer = "", citations = Array.Empty<int>(), missing = "срок" }));
        var decided = await desk.AskAsync("Как вернуть товар?");
        Assert.Equal(Reasons.LowConfidence, Assert.IsType<Decision.Escalate>(decided.Decision).Reason);
        Assert.Equal("not answerable: срок", decided.Written);
    }

    [Fact]
    public async Task A_verdict_that_the_passage_is_about_something_else_takes_the_answer_away()
    {
        await using var desk = await OpenAsync();
        var before = (await desk.AskAsync("Как вернуть товар?")).Retrieved.Confidence;
        desk.Server.Scripts.ForSchema("support_rerank", _ => ChainDesk.Json(new { ranking = Array.Empty<object>() }));
        var decided = await desk.AskAsync("Куда вернуть товар?");
        Assert.IsType<Decision.Escalate>(decided.Decision);
        Assert.True(decided.Retrieved.Confidence < before / 2, $"{decided.Retrieved.Confidence} after {before}");
        Assert.True(decided.Retrieved.Shares[VerdictFeatures.States] < 0);
    }

    [Fact]
    public async Task A_quote_that_stands_nowhere_counts_for_nothing()
    {
        await using var desk = await OpenAsync();
        desk.Server.Scripts.ForSchema("support_rerank", _ => ChainDesk.Json(new { ranking = new[] { new { passage = 1, states = "yes", quote = "Вернуть можно всегда", same_entity = true, same_condition = true, same_polarity = true } } }));
        Assert.Equal(-1, (await desk.AskAsync("Как вернуть товар?")).Retrieved.Features[VerdictFeatures.States]);
    }

    [Theory]
    [InlineData("Возврат товара: вернуть товар можно в течение 14 дней", 1)]
    [InlineData("Возврат товара", -1)]
    public async Task A_quote_may_begin_with_the_title_but_not_be_it(string quote, double states)
    {
        await using var desk = await OpenAsync();
        desk.Server.Scripts.ForSchema("support_rerank", _ => ChainDesk.Json(new { ranking = new[] { new { passage = 1, states = "yes", quote, same_entity = true, same_condition = true, same_polarity = true } } }));
        Assert.Equal(states, (await desk.AskAsync("Как вернуть товар?")).Retrieved.Features[VerdictFeatures.States]);
    }

    [Theory]
    [InlineData(Trouble.ServerError)]
    [InlineData(Trouble.InvalidJson)]
    [InlineData(Trouble.WrongSchema)]
    [InlineData(Trouble.EmptyAnswer)]
    [InlineData(Trouble.Filtered)]
    public async Task Without_the_model_the_passage_answers_in_its_own_words(Trouble trouble)
    {
        await using var desk = await OpenAsync();
        desk.Server.Misbehaviours.Share(1, trouble);
        var decided = await desk.AskAsync("Как вернуть товар?");
        var answer = Assert.IsType<Decision.Answer>(decided.Decision);
        Assert.Contains("14 дней", answer.Text);
        Assert.Equal("failed", decided.Written);
        Assert.True(decided.Retrieved.LacksVerdicts);
    }

    [Fact]
    public async Task A_model_that_hangs_is_waited_for_no_longer_than_somebody_will()
    {
        await using var desk = await OpenAsync(("Support:Generation:Patience", "00:00:01"));
        desk.Server.Misbehaviours.Share(1, Trouble.Hang);
        Assert.IsType<Decision.Answer>((await desk.AskAsync("Как вернуть товар?")).Decision);
    }

    [Fact]
    public async Task The_same_question_costs_nothing_the_second_time_until_its_document_changes()
    {
        await using var desk = await OpenAsync();
        desk.Write("Вернуть товар можно в течение 14 дней с чеком [1].");
        var first = await desk.AskAsync("Как вернуть товар?");
        var second = await desk.AskAsync("как вернуть товар");
        Assert.Equal(2, desk.Asked.Count);
        Assert.Equal(Assert.IsType<Decision.Answer>(first.Decision).Text, Assert.IsType<Decision.Answer>(second.Decision).Text);
        Assert.Equal(first.Retrieved.Confidence, second.Retrieved.Confidence, 9);
        Assert.Equal("kept", second.Written);

        // The opposite is another question.
        await desk.AskAsync("Как не вернуть товар?");
        var asked = desk.Asked.Count;
        Assert.True(asked > 2);

        await desk.PublishAsync(("Возврат товара", "Вернуть товар можно в течение 20 дней с чеком."), Delivery);
        desk.Write("Вернуть товар можно в течение 20 дней с чеком [1].");
        var third = await desk.AskAsync("Как вернуть товар?");
        Assert.Contains("20 дней", Assert.IsType<Decision.Answer>(third.Decision).Text);
        Assert.True(desk.Asked.Count > asked);
    }

    [Fact]
    public async Task Personal_data_stays_here_and_is_back_in_the_answer()
    {
        await using var desk = await ChainDesk.OpenAsync();
        await desk.PublishAsync(("Телефон поддержки", "Вопросы о возврате товара принимает +7 495 123-45-67, почта help@shop.example."), Delivery);
        desk.Server.Scripts.ForSchema("support_answer", request => ChainDesk.Json(new { answerable = true, answer = Placeholder(request), citations = new[] { 1 }, missing = "" }));
        var decided = await desk.AskAsync("Какой телефон для вопросов о возврате товара? Мой номер +7 916 555-44-33, карта 4111 1111 1111 1111, ivan@mail.example");
        Assert.Contains("+7 495 123-45-67", Assert.IsType<Decision.Answer>(decided.Decision).Text);
        var sent = string.Join('\n', desk.Server.Requests.Select(request => request.Body.ToString()));
        Assert.Contains("[phone-", sent);
        foreach (var secret in new[] { "916", "555-44", "4111", "ivan@", "495", "help@" })
            Assert.DoesNotContain(secret, sent);
    }

    [Fact]
    public async Task A_follow_up_is_made_whole_and_a_question_that_stands_alone_costs_no_call()
    {
        await using var desk = await OpenAsync();
        var earlier = new Earlier("Сколько стоит доставка по Москве?", "answer", new HashSet<long>());
        await desk.AskAsync("Как вернуть товар, купленный в вашем магазине неделю назад?", earlier: earlier);
        Assert.DoesNotContain("support_rewrite", desk.Asked);
        var decided = await desk.AskAsync("а за сколько её привезут?", earlier: earlier);
        Assert.Contains("support_rewrite", desk.Asked);
        Assert.StartsWith("Сколько стоит доставка по Москве", decided.Searched);

        // What nobody said is not searched for.
        desk.Server.Scripts.ForSchema("support_rewrite", _ => ChainDesk.Json(new { question = "Как взломать аккаунт директора?" }));
        Assert.Null((await desk.AskAsync("а как её вернуть?", earlier: earlier)).Searched?.Replace("директора", "", StringComparison.Ordinal) is { } searched && searched.Contains("взломать", StringComparison.Ordinal) ? searched : null);
    }

    [Fact]
    public async Task A_question_that_is_only_embedded_is_on_its_own_account()
    {
        await using var desk = await OpenAsync(("Support:Models:Model", null), ("Support:Models:Embedding:Model", "embed-1"));
        await desk.Desk.Services.GetRequiredService<EmbedChunks>().RunAsync(CancellationToken.None);
        var use = new ModelUse(desk.Tenant);
        Assert.IsType<Decision.Answer>((await desk.AskAsync("Как вернуть товар?", use: use)).Decision);
        Assert.Equal([ModelRole.Embedding], use.Calls.Select(call => call.Role));
    }

    [Fact]
    public async Task Prompts_stay_small()
    {
        await using var desk = await ChainDesk.OpenAsync();
        var long_ = string.Join(' ', Enumerable.Range(1, 60).Select(i => $"Пункт {i}: вернуть товар можно, если выполнено условие номер {i} из договора."));
        await desk.PublishAsync([.. Enumerable.Range(1, 12).Select(i => ($"Возврат товара {i}", long_))]);
        desk.Server.Scripts.ForSchema("support_rerank", request => ChainDesk.Json(new { ranking = Enumerable.Range(1, 4).Select(number => Yes((number, "вернуть товар можно"))) }));
        var decided = await desk.AskAsync("Как вернуть товар, если условие номер 7 из договора выполнено?");
        var calls = decided.Use!.Calls;
        Assert.InRange(calls[0].PromptTokens, 200, 1_500);
        Assert.All(desk.Server.Asked(ModelCallKind.Chat).Where(request => request.SchemaName == "support_answer"), request => Assert.InRange(TokenCountOf(request), 200, 1_200));
    }

    private static int TokenCountOf(ModelRequest request) => request.Messages.Sum(message => Support.Knowledge.TokenCount.Estimate(message.Text));

    private static string Placeholder(ModelRequest request) =>
        "Вопросы о возврате товара принимает " + System.Text.RegularExpressions.Regex.Match(request.Asked, @"принимает (\[phone-\d+\])").Groups[1].Value + " [1].";

    private static IEnumerable<(int Number, string Quote)> NumbersOf(ModelRequest request, params string[] titles) =>
        titles.Select(title => System.Text.RegularExpressions.Regex.Match(request.Asked, @"\[(\d+)\] " + title + "\n([^.\n]+)")).Select(match => (int.Parse(match.Groups[1].Value), match.Groups[2].Value));

    private static object Yes((int Number, string Quote) passage) =>
        new { passage = passage.Number, states = "yes", quote = passage.Quote, same_entity = true, same_condition = true, same_polarity = true };

    private static async Task<ChainDesk> OpenAsync(params (string Name, string? Value)[] settings)
    {
        var desk = await ChainDesk.OpenAsync(settings);
        await desk.PublishAsync(Refund, Delivery);
        return desk;
    }
}
