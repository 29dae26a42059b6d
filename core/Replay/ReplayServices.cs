using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Support.Replay;

public static class ReplayServices
{
    /// <param name="settings">The section "Support".</param>
    public static IServiceCollection AddReplay(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<ReplayOptions>().Bind(settings.GetSection(ReplayOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<ReplayTurns>().AddSingleton<ReplayHistory>().AddSingleton<LabelReplayed>();
    }
}
