using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Contracts;
using Support.Database;
using Support.Knowledge;
using Support.OpenAi;
using Support.Server.Commands;
using Xunit;

namespace Support.Tests.Commands;

public sealed class KnowledgeQuestionsTests
{
    [Fact]
    public async Task The_cost_of_written_questions_is_told_with_and_without_a_model_named_for_them()
    {
        await using var without = await KnowledgeDesk.CreateAsync([], (_, _) => { });
        var tenant = await without.AddTenantAsync();
        await without.PublishAsync(tenant, "faq", Audience.Customers, ("Возврат", "Мы возвращаем оплату за 14 дней."), ("Доставка", "Курьер привезёт завтра."));
        await using var with = await KnowledgeDesk.CreateAsync(
            new()
            {
                ["Support:Models:Endpoint"] = "http://localhost:1/v1",
                ["Support:Models:Questions:Model"] = "ask-1",
                ["Support:Models:Prices:0:Model"] = "ask-1",
                ["Support:Models:Prices:0:Prompt"] = "1000",
            }, (services, configuration) => services.AddModels(configuration), Address(without));

        var (before, after) = (await SaidAsync(without), await SaidAsync(with));

        Assert.Contains("Support__Models__Questions__Model", before[0], StringComparison.Ordinal);
        Assert.Matches(": 2 chunks, about [0-9]+ tokens, no price set$", before[1]);
        Assert.Contains("ask-1", after[0], StringComparison.Ordinal);
        Assert.Matches(@": 2 chunks, about [0-9]+ tokens, about 0\.[0-9]+$", after[1]);
    }

    private static string Address(KnowledgeDesk desk) =>
        desk.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.ConnectionString;

    private static async Task<List<string>> SaidAsync(KnowledgeDesk desk)
    {
        var said = new List<string>();
        Assert.Equal(0, await KnowledgeQuestions.RunAsync(desk.Services, said.Add, TestContext.Current.CancellationToken));
        return said;
    }
}
