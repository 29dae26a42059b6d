using Support.Models;

namespace Support.OpenAi.Settings;

/// <summary>A model at a service, for one use. A use has one, or two with its fallback.</summary>
/// <param name="modelSetting">The setting that names the model, for messages.</param>
internal sealed class ModelTarget(ModelRole role, string model, ServiceAddress service, string modelSetting, ModelPriceOptions price)
{
    private volatile bool _isRefused;

    public ModelRole Role => role;

    public string Model => model;

    public ServiceAddress Service => service;

    public string ModelSetting => modelSetting;

    public ModelPriceOptions Price => price;

    /// <summary>The service said that key, model or address is wrong, when it was asked at the start.</summary>
    public bool IsRefused
    {
        get => _isRefused;
        set => _isRefused = value;
    }

    public override string ToString() => $"{model} at {service}";
}
