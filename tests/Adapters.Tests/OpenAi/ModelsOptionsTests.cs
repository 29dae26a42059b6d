using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Models;
using Support.OpenAi;
using Support.OpenAi.Settings;
using Support.Settings;

namespace Support.Tests.OpenAi;

public sealed class ModelsOptionsTests
{
    private const string Secret = "sk-secret-0123456789";

    [Fact]
    public void Without_any_setting_there_are_no_models()
    {
        Assert.False(Add(out _, ("Support:Models:Key", " "), ("Support:Models:Answer:Model", "")));
    }

    [Fact]
    public void The_names_that_people_know_are_enough()
    {
        var environment = new Dictionary<string, string?> { ["OPENAI_API_KEY"] = Secret, ["OPENAI_MODEL"] = "gpt-4o-mini", ["RERANKING_MODEL"] = "gpt-4o", ["OPENAI_API_BASE"] = "" };
        Assert.True(Add(out var services, [.. SettingAliases.Read(name => environment.GetValueOrDefault(name)).Select(pair => (pair.Key, pair.Value))]));
        var plan = services.GetRequiredService<ModelPlan>();

        Assert.Equal(["gpt-4o-mini", "gpt-4o", "gpt-4o-mini"], ((ModelRole[])[ModelRole.Answer, ModelRole.Rerank, ModelRole.Rewrite]).Select(role => plan.Of(role).Single().Model));
        Assert.All(plan.All, target => Assert.Equal(("https://api.openai.com/v1/", ServiceKind.OpenAi, Secret), (target.Service.Endpoint.AbsoluteUri, target.Service.Kind, target.Service.Key)));
        Assert.Empty(plan.Of(ModelRole.Embedding));
        Assert.Empty(plan.Of(ModelRole.Questions));
        Assert.DoesNotContain(Secret, plan.Of(ModelRole.Answer)[0].Service.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://acme.openai.azure.com", "https://acme.openai.azure.com/openai/v1/", ServiceKind.Azure)]
    [InlineData("https://acme.openai.azure.com/openai/v1/", "https://acme.openai.azure.com/openai/v1/", ServiceKind.Azure)]
    [InlineData("https://acme.services.ai.azure.com/openai/v1", "https://acme.services.ai.azure.com/openai/v1/", ServiceKind.Azure)]
    [InlineData("http://localhost:11434/v1", "http://localhost:11434/v1/", ServiceKind.Compatible)]
    [InlineData("https://api.openai.com/v1", "https://api.openai.com/v1/", ServiceKind.OpenAi)]
    // A look-alike is nobody's service.
    [InlineData("https://openai.azure.com.example.org/v1", "https://openai.azure.com.example.org/v1/", ServiceKind.Compatible)]
    public void The_address_tells_whose_service_it_is(string given, string endpoint, ServiceKind kind)
    {
        Assert.True(Add(out var services, ("Support:Models:Endpoint", given), ("Support:Models:Model", "m")));
        var service = services.GetRequiredService<ModelPlan>().Of(ModelRole.Answer).Single().Service;

        Assert.Equal((endpoint, kind), (service.Endpoint.AbsoluteUri, service.Kind));
        Assert.Equal(kind == ServiceKind.Azure, service.UsesEntra);
    }

    [Fact]
    public void A_key_goes_with_its_address_and_nowhere_else()
    {
        Assert.True(Add(out var services,
            ("Support:Models:Key", Secret), ("Support:Models:Model", "m"), ("Support:Models:FallbackModel", "m"),
            ("Support:Models:Embedding:Model", "e"), ("Support:Models:Embedding:Endpoint", "http://localhost:8080/v1"),
            ("Support:Models:RerankEndpoint:Url", "http://localhost:8081"), ("Support:Models:FallbackEndpoint", "http://localhost:8082/v1")));
        var plan = services.GetRequiredService<ModelPlan>();

        Assert.Null(plan.Of(ModelRole.Embedding).Single().Service.Key);
        Assert.Null(plan.RerankEndpoints[0].Service.Key);
        Assert.Equal([Secret, null], plan.Of(ModelRole.Answer).Select(target => target.Service.Key));
    }

    public static TheoryData<string, string, string> BadOnes() => new()
    {
        { "Endpoint", "localhost:11434", "Support__Models__Endpoint is no http or https address (15 characters)" },
        { "Endpoint", "https://user:secret@example.org/v1", "Support__Models__Endpoint is no plain address (it names example.org and more)" },
        { "Answer:Endpoint", "ftp://example.org", "Support__Models__Answer__Endpoint is no http" },
        { "FallbackEndpoint", "x", "Support__Models__FallbackEndpoint is" },
        { "Rewrite:FallbackEndpoint", "x", "Support__Models__Rewrite__FallbackEndpoint is" },
        { "Key", "sk-secret-\n0123456789", "Support__Models__Key holds letters that no key has (21 characters)" },
        { "RerankEndpoint:Url", "localhost", "Support__Models__RerankEndpoint__Url is" },
        { "RerankEndpoint:FallbackUrl", "localhost", "Support__Models__RerankEndpoint__FallbackUrl is" },
        { "RerankEndpoint:FallbackKey", "ключ", "Support__Models__RerankEndpoint__FallbackKey holds" },
        { "RerankEndpoint:Key", "ключ", "Support__Models__RerankEndpoint__Key holds" },
        { "Timeout", "00:00:00", "Support__Models__Timeout must be from" },
        { "TotalTime", "00:00:05", "Support__Models__TotalTime is 00:00:05, which is less than Support__Models__Timeout (00:00:10)" },
        { "Retries", "9", "Support__Models__Retries must be from 0 to 5" },
        { "MaxConcurrent", "0", "Support__Models__MaxConcurrent must be from 1" },
        { "Temperature", "3", "Support__Models__Temperature must be from 0 to 2" },
        { "Dimensions", "-1", "Support__Models__Dimensions must be from 0" },
        { "DailyBudget", "-1", "Support__Models__DailyBudget must be 0" },
        { "DailyBudget", "5", "but no price is set" },
        { "Prices:0:Prompt", "1", "Support__Models__Prices__0__Model is not set" },
        { "Prices:0:Completion", "-1", "Support__Models__Prices__0 has a price below 0" },
        { "Timeout", "soon", "Support__Models__Timeout cannot be read: it should be a time" },
        { "Kind", "Amazon", "Support__Models__Kind cannot be read: it should be OpenAi, Azure or Compatible" },
        { "RerankEndpoint:Dialect", "x", "Support__Models__RerankEndpoint__Dialect cannot be read: it should be Jina or Tei" },
    };

    [Theory]
    [MemberData(nameof(BadOnes))]
    public void A_bad_setting_is_told_by_its_name_with_the_fix_and_never_a_key(string name, string value, string told)
    {
        Assert.True(Add(out var services, ("Support:Models:" + name, value)));

        var thrown = Assert.ThrowsAny<Exception>(() => services.GetRequiredService<IOptions<ModelsOptions>>().Value);
        var line = BadSettings.Describe(thrown);
        Assert.Contains(told, line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_of_an_identity_is_shown_over_https_only()
    {
        Assert.True(Add(out var services, ("Support:Models:Endpoint", "http://localhost/openai/v1"), ("Support:Models:Kind", "Azure"), ("Support:Models:Model", "m")));
        Assert.Contains("is shown over https only", Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<ModelsOptions>>().Value).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prices_are_for_a_million_tokens_and_cached_ones_have_their_own()
    {
        var price = new ModelPriceOptions { Prompt = 2.5m, Cached = 1.25m, Completion = 10 };
        Assert.Equal(((600 * 2.5m) + (400 * 1.25m) + (100 * 10)) / 1_000_000m, price.CostOf(1000, 400, 100));
        Assert.Equal(.0025m, new ModelPriceOptions { Prompt = 2.5m }.CostOf(1000, 400, 100));
    }

    private static bool Add(out ServiceProvider services, params (string Name, string? Value)[] settings)
    {
        var collection = new ServiceCollection().AddLogging();
        var added = collection.AddModelsAlone(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, one.Value))).Build());
        services = collection.BuildServiceProvider();
        return added;
    }
}
