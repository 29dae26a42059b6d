using Microsoft.Extensions.Logging.Console;

namespace Support.Server.Desk;

internal static class DeskLogging
{
    /// <summary>One line each on the console; the frameworks' own chatter only from warnings on, and never HTTP addresses, which hold bot tokens.</summary>
    public static void AddDeskLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.None);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
    }
}
