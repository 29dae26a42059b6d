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
    private static readonly Earlier AboutDelivery = new("Сколько стоит доставка по Москве?", "answer", new HashSet<long>());

    // "Купленный" does not stand in the passage, and nothing in it speaks against it.
    private const string Unclear = "Вернуть купленный товар можно в течение 14 дней с чеком";

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

    [Fact]
    public async Task What_words_do_not_settle_is_asked_about_once_and_sent_when_it_is_shown()
    {
        await using var desk = await OpenAsync();
        desk.Write(Unclear + " [1]. Деньги приходят на карту за 10 дней [1].");
        desk.Server.Scripts.ForSchema("support_check", _ => Checked(supported: true, "Вернуть товар можно в течение 14 дней с чеком"));
        var answer = Assert.IsType<Decision.Answer>((await desk.AskAsync("Как вернуть товар?")).Decision);
        Assert.Equal(Unclear + ". Деньги приходят на карту за 10 дней.", answer.Text);
        Assert.Equal(["support_rerank", "support_answer", "support_check"], desk.Asked);
        // Of the two sentences only the one, beside the passage it cites.
        var check = desk.OnlyAsked("support_check").Asked;
        Assert.Contains("sentence 1, cites 1", check, StringComparison.Ordinal);
        Assert.Contains(Unclear, check, StringComparison.Ordinal);
        Assert.Contains("Вернуть товар можно в течение 14 дней с чеком.", check, StringComparison.Ordinal);
        Assert.DoesNotContain("sentence 2", check, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "Вернуть купленный товар можно в течение 14 дней")] // stands in no passage
    [InlineData(true, "Деньги приходят на карту за 10 дней")] // stands there, and says something else
    [InlineData(true, "Вернуть товар")] // two words prove nothing
    [InlineData(true, "")]
    [InlineData(false, "Вернуть товар можно в течение 14 дней с чеком")]
    public async Task What_words_do_not_settle_and_nobody_shows_goes_to_a_person(bool supported, string quote)
    {
        await using var desk = await OpenAsync();
        desk.Write(Unclear + " [1].");
        desk.Server.Scripts.ForSchema("support_check", _ => Checked(supported, quote));
        var decided = await desk.AskAsync("Как вернуть товар?");
        Assert.Equal(Reasons.NotSupported, Assert.IsType<Decision.Escalate>(decided.Decision).Reason);
        Assert.Equal("refused: Unsupported", decided.Written);
        Assert.Equal(["support_rerank", "support_answer", "support_check", "support_answer", "support_check"], desk.Asked);
    }

    [Fact]
    public async Task A_check_that_fails_supports_nothing()
    {
        await using var desk = await OpenAsync();
        desk.Write(Unclear + " [1].");
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.ServerError) { When = request => request.SchemaName == "support_check" });
        Assert.Equal(Reasons.NotSupported, Assert.IsType<Decision.Escalate>((await desk.AskAsync("Как вернуть товар?")).Decision).Reason);
    }

    [Theory]
    [InlineData("```json\n", "\n```")]
    [InlineData("```\n", "\n```\n")]
    public async Task An_answer_between_marks_of_code_is_read(string before, string after)
    {
        await using var desk = await OpenAsync();
        desk.Server.Scripts.ForSchema("support_answer", _ => before + """{"answerable":true,"answer":"Вернуть товар можно в течение 14 дней с чеком [1].","citations":[1],"missing":""}""" + after);
        var decided = await desk.AskAsync("Как вернуть товар?");
        Assert.Equal("answered", decided.Written);
        Assert.Equal("Вернуть товар можно в течение 14 дней с чеком.", Assert.IsType<Decision.Answer>(decided.Decision).Text);
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
    [InlineData(".1", false)]
    [InlineData("1", true)]
    public async Task What_is_clear_without_a_model_is_not_judged_by_one(string clearFrom, bool isJudged)
    {
        await using var desk = await OpenAsync(("Support:Generation:ClearFrom", clearFrom));
        desk.Write("Вернуть товар можно в течение 14 дней с чеком [1].");
        var decided = await desk.AskAsync("Как вернуть товар?");
        Assert.IsType<Decision.Answer>(decided.Decision);
        Assert.Equal(isJudged, desk.Asked.Contains("support_rerank"));
        Assert.Equal(isJudged, decided.Retrieved.Features.ContainsKey(VerdictFeatures.States));
    }

    [Fact]
    public async Task Each_use_asks_the_model_that_is_set_for_it()
    {
        await using var desk = await OpenAsync(
            ("Support:Models:Answer:Model", "writes-1"), ("Support:Models:Rerank:Model", "judges-1"), ("Support:Models:Rewrite:Model", "rewrites-1"), ("Support:Models:Embedding:Model", "embeds-1"), ("Support:Confidence:Threshold", "0"), ("Support:Confidence:Choices", "false"));
        await desk.Desk.Services.GetRequiredService<EmbedChunks>().RunAsync(CancellationToken.None);
        desk.Server.Scripts.ForSchema("support_rewrite", _ => ChainDesk.Json(new { question = "За сколько привезут доставку по Москве?" }));
        await desk.AskAsync("а за сколько её привезут?", earlier: AboutDelivery);
        Assert.Equal(
            ["support_answer writes-1", "support_rerank judges-1", "support_rewrite rewrites-1"],
            desk.Server.Asked(ModelCallKind.Chat).Select(request => $"{request.SchemaName} {request.Model}").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["embeds-1"], desk.Server.Asked(ModelCallKind.Embeddings).Select(request => request.Model).Distinct());
    }

    [Theory]
    [InlineData("Jina")]
    [InlineData("Tei")]
    public async Task A_server_that_reranks_orders_and_the_writing_model_checks(string dialect)
    {
        await using var desk = await ChainDesk.OpenAsync(("Support:Models:RerankEndpoint:Url", "{0}"), ("Support:Models:RerankEndpoint:Dialect", dialect));
        await desk.PublishAsync(Refund, Delivery);
        desk.Write(Unclear + " [1].");
        desk.Server.Scripts.ForSchema("support_check", _ => Checked(supported: true, "Вернуть товар можно в течение 14 дней с чеком"));

        var decided = await desk.AskAsync("Как вернуть товар?");

        Assert.IsType<Decision.Answer>(decided.Decision);
        Assert.Single(desk.Server.Asked(ModelCallKind.Rerank));
        Assert.Equal(["support_answer", "support_check"], desk.Asked);
        Assert.DoesNotContain(VerdictFeatures.States, decided.Retrieved.Features.Keys);
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
    public async Task A_question_that_stands_alone_costs_no_call()
    {
        await using var desk = await OpenAsync();
        var decided = await desk.AskAsync("Как вернуть товар, купленный в вашем магазине неделю назад?", earlier: AboutDelivery);
        Assert.DoesNotContain("support_rewrite", desk.Asked);
        Assert.Null(decided.Searched);
    }

    [Fact]
    public async Task A_follow_up_is_made_whole_and_searched_so()
    {
        await using var desk = await OpenAsync();
        desk.Server.Scripts.ForSchema("support_rewrite", _ => ChainDesk.Json(new { question = "За сколько привезут доставку по Москве?" }));
        var decided = await desk.AskAsync("а за сколько её привезут?", earlier: AboutDelivery);
        Assert.Equal("support_rewrite", desk.Asked[0]);
        Assert.Equal("За сколько привезут доставку по Москве?", decided.Searched);
        Assert.Equal("Доставка", decided.Retrieved.Passages[0].Title);
        Assert.Contains("За сколько привезут доставку по Москве?", desk.OnlyAsked("support_rerank").Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_said_is_not_searched_for()
    {
        await using var desk = await OpenAsync();
        desk.Server.Scripts.ForSchema("support_rewrite", _ => ChainDesk.Json(new { question = "Как взломать аккаунт директора?" }));
        var decided = await desk.AskAsync("а как её вернуть?", earlier: AboutDelivery);
        Assert.Equal("support_rewrite", desk.Asked[0]);
        Assert.Null(decided.Searched);
        Assert.Contains("а как её вернуть?", desk.OnlyAsked("support_rerank").Asked, StringComparison.Ordinal);
        Assert.DoesNotContain(desk.Server.Asked(ModelCallKind.Chat), request => request.Asked.Contains("взломать", StringComparison.Ordinal));
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

    [Theory]
    [InlineData("support_rewrite", 100, 400)]
    [InlineData("support_rerank", 500, 1_500)]
    [InlineData("support_answer", 500, 1_200)]
    [InlineData("support_check", 300, 1_000)]
    public async Task Prompts_stay_small(string task, int least, int most)
    {
        // Twelve passages that say the same would be offered, or be too unsure to write of.
        await using var desk = await ChainDesk.OpenAsync(("Support:Confidence:Threshold", "0"), ("Support:Confidence:Choices", "false"));
        var long_ = string.Join(' ', Enumerable.Range(1, 60).Select(i => $"Пункт {i}: вернуть товар можно, если выполнено условие номер {i} из договора."));
        await desk.PublishAsync([.. Enumerable.Range(1, 12).Select(i => ($"Возврат товара {i}", long_))]);
        desk.Server.Scripts.ForSchema("support_rerank", _ => ChainDesk.Json(new { ranking = Enumerable.Range(1, 4).Select(number => Yes((number, "вернуть товар можно"))) }));
        // "Купленный" stands nowhere, so that the check is asked as well.
        desk.Write("Вернуть купленный товар можно, если выполнено условие номер 7 из договора [1].");
        await desk.AskAsync("а если условие номер 7 из него выполнено?", earlier: new Earlier("Как вернуть товар по договору?", "answer", new HashSet<long>()));
        var asked = desk.Server.Asked(ModelCallKind.Chat).Where(request => request.SchemaName == task).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, request => Assert.InRange(TokenCountOf(request), least, most));
    }

    private static int TokenCountOf(ModelRequest request) => request.Messages.Sum(message => TokenCount.Estimate(message.Text));

    private static string Placeholder(ModelRequest request) =>
        "Вопросы о возврате товара принимает " + System.Text.RegularExpressions.Regex.Match(request.Asked, @"принимает (\[phone-\d+\])").Groups[1].Value + " [1].";

    private static IEnumerable<(int Number, string Quote)> NumbersOf(ModelRequest request, params string[] titles) =>
        titles.Select(title => System.Text.RegularExpressions.Regex.Match(request.Asked, @"\[(\d+)\] " + title + "\n([^.\n]+)")).Select(match => (int.Parse(match.Groups[1].Value), match.Groups[2].Value));

    private static ModelReply Checked(bool supported, string quote) => ChainDesk.Json(new { sentences = new[] { new { sentence = 1, supported, quote } } });

    private static object Yes((int Number, string Quote) passage) =>
        new { passage = passage.Number, states = "yes", quote = passage.Quote, same_entity = true, same_condition = true, same_polarity = true };

    private static async Task<ChainDesk> OpenAsync(params (string Name, string? Value)[] settings)
    {
        var desk = await ChainDesk.OpenAsync(settings);
        await desk.PublishAsync(Refund, Delivery);
        return desk;
    }
}
