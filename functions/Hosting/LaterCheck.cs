using Microsoft.Extensions.Options;

namespace Support.Hosting;

/// <summary>
/// The check of all settings, right after the start instead of before it: an update can be taken in with a few of them, and reading
/// the others takes as long as that. A bad one still ends the app with its name.
/// </summary>
internal sealed class LaterCheck(ServiceDescriptor? check)
{
    public static LaterCheck TakeFrom(IServiceCollection services)
    {
        var check = services.LastOrDefault(service => service.ServiceType == typeof(IStartupValidator));
        if (check is not null)
            services.Remove(check);
        return new LaterCheck(check);
    }

    /// <exception cref="OptionsValidationException">Settings of one kind are wrong; of several kinds, an <see cref="AggregateException"/> of these.</exception>
    public void Check(IServiceProvider services)
    {
        if (check?.ImplementationType is { } type)
            ((IStartupValidator)ActivatorUtilities.CreateInstance(services, type)).Validate();
    }
}
