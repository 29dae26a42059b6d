using Microsoft.Extensions.Options;
using Support.Models;

namespace Support.OpenAi.Settings;

/// <summary>What can be known to be wrong without asking a service.</summary>
internal sealed class ModelsOptionsCheck : IValidateOptions<ModelsOptions>
{
    private const int LongestName = 200;

    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        var problems = new List<string>();
        problems.AddRange(OfService("Support__Models__", "", options.Endpoint, options.Key, options.Model));
        problems.AddRange(OfService("Support__Models__", "Fallback", options.FallbackEndpoint, options.FallbackKey, options.FallbackModel));
        foreach (var role in Enum.GetValues<ModelRole>())
        {
            var own = ModelPlan.OptionsOf(options, role);
            problems.AddRange(OfService($"Support__Models__{role}__", "", own.Endpoint, own.Key, own.Model));
            problems.AddRange(OfService($"Support__Models__{role}__", "Fallback", own.FallbackEndpoint, own.FallbackKey, own.FallbackModel));
        }
        problems.AddRange(OfService("Support__Models__RerankEndpoint__", "", null, options.RerankEndpoint.Key, options.RerankEndpoint.Model));
        problems.AddRange(OfService("Support__Models__RerankEndpoint__", "Fallback", null, options.RerankEndpoint.FallbackKey, null));
        foreach (var (setting, url) in new[] { ("Url", options.RerankEndpoint.Url), ("FallbackUrl", options.RerankEndpoint.FallbackUrl) })
            if (url is not null && ProblemWith(url) is { } problem)
                problems.Add($"Support__Models__RerankEndpoint__{setting} is {problem} Give scheme, host and port, as in http://localhost:8080.");
        if (problems.Count == 0 && new ModelPlan(options).All.FirstOrDefault(target => target.Service is { UsesEntra: true, Endpoint.Scheme: "http" }) is { } open)
            problems.Add($"{open.Service.EndpointSetting} is {open.Service}, and the token of this machine's identity is shown over https only. Set an https address, or {open.Service.KeySetting}.");
        if (options.TotalTime < options.Timeout)
            problems.Add($"Support__Models__TotalTime is {options.TotalTime}, which is less than Support__Models__Timeout ({options.Timeout}). All tries together may not take less than one.");
        problems.AddRange(options.Prices.SelectMany(OfPrice));
        if (options.DailyBudget > 0 && options.Prices.Count == 0)
            problems.Add($"Support__Models__DailyBudget is {options.DailyBudget}, but no price is set, so nothing would ever cost anything. Set Support__Models__Prices__0__Model, …__Prompt and …__Completion, or Support__Models__DailyTokens instead.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> OfService(string prefix, string which, string? endpoint, string? key, string? model)
    {
        if (endpoint is not null && ProblemWith(endpoint) is { } problem)
            yield return $"{prefix}{which}Endpoint is {problem} Give the address up to /v1, as in https://api.openai.com/v1 or http://localhost:11434/v1; the key goes into {prefix}{which}Key.";
        if (key is not null && key.Any(letter => letter is <= ' ' or > '~'))
            yield return $"{prefix}{which}Key holds letters that no key has ({key.Length} characters). Copy it anew, without quotes or line breaks.";
        if (model is not null && (model.Length > LongestName || model.Any(char.IsControl)))
            yield return $"{prefix}{which}Model is no model's name ({model.Length} characters). Give the name the service knows it by; on Azure the deployment's.";
    }

    /// <returns>Null for a plain web address. The value is shown only when it can hold no secret.</returns>
    private static string? ProblemWith(string text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) ? $"no http or https address ({text.Length} characters)."
        : uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0 ? $"no plain address (it names {uri.Host} and more)."
        : null;

    private static IEnumerable<string> OfPrice(ModelPriceOptions price, int index)
    {
        if (string.IsNullOrEmpty(price.Model))
            yield return $"Support__Models__Prices__{index}__Model is not set, so nobody knows whose price it is. Give the model's name as where it is used.";
        if (price.Prompt < 0 || price.Cached < 0 || price.Completion < 0)
            yield return $"Support__Models__Prices__{index} has a price below 0. Prices are for a million tokens, 0 or more.";
    }
}
