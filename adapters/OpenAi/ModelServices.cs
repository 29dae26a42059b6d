using System.Net.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Support.Models;
using Support.OpenAi.Calls;
using Support.OpenAi.Chat;
using Support.OpenAi.Settings;

namespace Support.OpenAi;

public static class ModelServices
{
    /// <summary>The models that are set, in the place of none. What they cost is written to the desk's database; call it after the desk's own services and before what works with them.</summary>
    /// <returns>Whether anything is set.</returns>
    public static bool AddModels(this IServiceCollection services, IConfiguration configuration)
    {
        if (!AddClients(services, configuration))
            return false;
        services.AddSingleton(provider => Budget(provider.GetRequiredService<ModelsOptions>()));
        services.AddSingleton<ModelLedger>();
        services.AddSingleton<IModelLedger>(provider => provider.GetRequiredService<ModelLedger>());
        services.AddHostedService(provider => provider.GetRequiredService<ModelLedger>());
        services.AddHostedService<CheckModels>();
        return true;
    }

    /// <summary>The same without a database and without a check at the start, for measuring: what was used is in each <see cref="ModelUse"/> only.</summary>
    public static bool AddModelsAlone(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IModelLedger, NoLedger>();
        return AddClients(services, configuration);
    }

    private static bool AddClients(IServiceCollection services, IConfiguration configuration)
    {
        var given = ModelsReader.Given(configuration);
        if (!given.GetChildren().Any())
            return false;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ModelsOptions>().Bind(given)
            // The identity of a function app is the one that its queues are reached with.
            .PostConfigure(options => options.ClientId ??= configuration["AzureWebJobsStorage:clientId"] is { Length: > 0 } client ? client : null)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelsOptions>, ModelsOptionsCheck>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ModelsOptions>>().Value);
        services.AddSingleton<ModelPlan>();
        services.AddSingleton<ModelCaller>();
        services.AddSingleton<WhoStreams>();
        services.AddKeyedSingleton<HttpClient>(ModelsOptions.Section, (_, _) => ModelConnections.CreateClient());
        services.AddSingleton(provider => new ModelClients(Http(provider), provider.GetRequiredService<ModelsOptions>(), provider.GetService<Azure.Core.TokenCredential>()));
        services.AddSingleton(provider => new ModelProbe(
            provider.GetRequiredService<ModelsOptions>(), provider.GetRequiredService<ModelPlan>(), provider.GetRequiredService<ModelCaller>(), provider.GetRequiredService<ModelClients>(), Http(provider),
            provider.GetRequiredService<TimeProvider>()));
        services.Replace(ServiceDescriptor.Singleton<IModels>(provider => new ConfiguredModels(
            provider.GetRequiredService<ModelsOptions>(), provider.GetRequiredService<ModelPlan>(), provider.GetRequiredService<ModelCaller>(), provider.GetRequiredService<ModelClients>(), provider.GetRequiredService<WhoStreams>(),
            Http(provider), provider.GetRequiredService<TimeProvider>())));
        return true;
    }

    private static HttpClient Http(IServiceProvider provider) => provider.GetRequiredKeyedService<HttpClient>(ModelsOptions.Section);

    private static ModelBudget Budget(ModelsOptions options) => new((decimal)options.DailyBudget, options.DailyTokens);
}
