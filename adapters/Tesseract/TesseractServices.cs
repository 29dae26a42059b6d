using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Support.Questions.Reading;

namespace Support.Tesseract;

public static class TesseractServices
{
    /// <summary>Reads customers' pictures where Tesseract is installed and no model does; call it after the desk's own services.</summary>
    public static IServiceCollection AddTesseract(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TesseractOptions>().Bind(configuration.GetSection(TesseractOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.Replace(ServiceDescriptor.Singleton<IPictureText, TesseractReader>());
    }
}
