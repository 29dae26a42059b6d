using Microsoft.Extensions.Logging.Console;

namespace Support.Hosting;

internal static class HostLogging
{
    /// <summary>One line each on standard output, which the host passes on to Application Insights. Never HTTP addresses: they hold bot tokens.</summary>
    public static void AddHostLogging(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.SetMinimumLevel(Enum.TryParse<LogLevel>(configuration["Logging:LogLevel:Default"], ignoreCase: true, out var level) ? level : LogLevel.Information);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // A start that fails is told in one line, by FunctionApp.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("Npgsql", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.None);
        logging.AddFilter("Azure", LogLevel.Warning);
        logging.AddFilter("Polly", LogLevel.Warning);
    }
}
