using Support.Models;

namespace Support.OpenAi.Settings;

/// <summary>Which model does what, made from the settings once.</summary>
internal sealed class ModelPlan
{
    private static readonly ModelPriceOptions Free = new();

    private readonly Dictionary<ModelRole, IReadOnlyList<ModelTarget>> _targets;
    private readonly ModelsOptions _options;

    public ModelPlan(ModelsOptions options)
    {
        _options = options;
        _targets = Enum.GetValues<ModelRole>().ToDictionary(role => role, role => (IReadOnlyList<ModelTarget>)[.. TargetsOf(role)]);
        RerankEndpoints = [.. EndpointsOf(options.RerankEndpoint)];
    }

    /// <summary>The first is asked first. Empty when no model is set.</summary>
    public IReadOnlyList<ModelTarget> Of(ModelRole role) => _targets[role];

    /// <summary>The first is asked first. Empty when none is set.</summary>
    public IReadOnlyList<ModelTarget> RerankEndpoints { get; }

    public IEnumerable<ModelTarget> All => _targets.Values.SelectMany(targets => targets).Concat(RerankEndpoints);

    public bool IsRerankEndpoint(ModelTarget target) => RerankEndpoints.Contains(target);

    public static ModelRoleOptions OptionsOf(ModelsOptions options, ModelRole role) => role switch
    {
        ModelRole.Answer => options.Answer,
        ModelRole.Rerank => options.Rerank,
        ModelRole.Rewrite => options.Rewrite,
        ModelRole.Questions => options.Questions,
        ModelRole.Embedding => options.Embedding,
        ModelRole.Transcription => options.Transcription,
        ModelRole.Picture => options.Picture,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <summary>Every chat model writes text; that it sees, hears or embeds is said by naming it for that. So is that it writes questions, for that costs money before anybody has asked anything.</summary>
    public static bool TakesSharedModel(ModelRole role) => role is ModelRole.Answer or ModelRole.Rerank or ModelRole.Rewrite;

    private IEnumerable<ModelTarget> TargetsOf(ModelRole role)
    {
        var own = OptionsOf(_options, role);
        // Who names a server that reranks wants it asked; named for that as well, a chat model judges after all.
        var shared = TakesSharedModel(role) && !(role == ModelRole.Rerank && _options.RerankEndpoint.Url is not null);
        var model = own.Model ?? (shared ? _options.Model : null);
        if (model is null || model.Equals(ModelRoleOptions.None, StringComparison.OrdinalIgnoreCase))
            yield break;
        yield return Target(role, model, First(role, own), own.Model is null ? "Support__Models__Model" : $"Support__Models__{role}__Model");
        if ((own.FallbackModel ?? (shared ? _options.FallbackModel : null)) is { } second)
            yield return Target(role, second, Second(role, own), own.FallbackModel is null ? "Support__Models__FallbackModel" : $"Support__Models__{role}__FallbackModel");
    }

    private IEnumerable<ModelTarget> EndpointsOf(RerankEndpointOptions options)
    {
        const string Section = "Support__Models__RerankEndpoint__";
        if (options.Url is not { } url)
            yield break;
        yield return Endpoint(ServiceAddress.Of(url, options.Key, ServiceKind.Compatible, Section + "Url", Section + "Key"));
        if (options.FallbackUrl is { } second)
            yield return Endpoint(ServiceAddress.Of(second, options.FallbackKey, ServiceKind.Compatible, Section + "FallbackUrl", Section + "FallbackKey"));

        ModelTarget Endpoint(ServiceAddress service) => Target(ModelRole.Rerank, options.Model ?? "rerank", service, Section + "Model");
    }

    private ModelTarget Target(ModelRole role, string model, ServiceAddress service, string setting) =>
        new(role, model, service, setting, _options.Prices.FirstOrDefault(price => price.Model == model) ?? Free);

    // A key goes with its address: that of all never goes to the address of one.
    private ServiceAddress First(ModelRole role, ModelRoleOptions own) => own.Endpoint is { } endpoint
        ? ServiceAddress.Of(endpoint, own.Key, own.Kind, $"Support__Models__{role}__Endpoint", $"Support__Models__{role}__Key")
        : ServiceAddress.Of(_options.Endpoint, own.Key ?? _options.Key, _options.Kind, "Support__Models__Endpoint", own.Key is null ? "Support__Models__Key" : $"Support__Models__{role}__Key");

    private ServiceAddress Second(ModelRole role, ModelRoleOptions own) =>
        own.FallbackEndpoint is { } endpoint ? ServiceAddress.Of(endpoint, own.FallbackKey, own.FallbackKind, $"Support__Models__{role}__FallbackEndpoint", $"Support__Models__{role}__FallbackKey")
        : _options.FallbackEndpoint is { } shared ? ServiceAddress.Of(shared, _options.FallbackKey, _options.FallbackKind, "Support__Models__FallbackEndpoint", "Support__Models__FallbackKey")
        : First(role, own);
}
