using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Support.Http;
using Support.Questions;
using Support.Settings;

namespace Support.Hosting;

/// <summary>
/// A custom handler of the Azure Functions host: a plain web server at the port the host names, which it calls for each
/// invocation. Whatever ends the process says so with another exit code than 0, for only then the host starts it again.
/// </summary>
internal static class FunctionApp
{
    private const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>Only what the first request needs is started: an instance that a customer waits for has just been made.</summary>
    /// <exception cref="FormatException">The host's port or an alias of a setting cannot be read.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = args });
        builder.Configuration.AddInMemoryCollection(SettingAliases.Read(Environment.GetEnvironmentVariable));
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.AddHostLogging(builder.Configuration);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The host has limits of its own, and names them in its answers.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, ReadPort());
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<DeskStart>();
        builder.Services.AddSingleton<IBeforeDoors>(provider => provider.GetRequiredService<DeskStart>());
        return builder;
    }

    private static int ReadPort() =>
        Environment.GetEnvironmentVariable(PortVariable) is not { } port
            ? throw new FormatException($"{PortVariable} is not set. The Azure Functions host starts this program and sets it; to run the desk by yourself use `Support.Server up`.")
            : int.TryParse(port, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536
                ? number
                : throw new FormatException($"{PortVariable} is \"{port}\", which is no port.");

    /// <summary>Runs until the host ends it. Never returns 0: nothing here is meant to end by itself.</summary>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, Action<WebApplication> map)
    {
        try
        {
            var settings = LaterCheck.TakeFrom(builder.Services);
            await using var app = builder.Build();
            app.UseDatabaseAway();
            map(app);
            // The host asks for it until it is answered, whatever the answer is.
            app.MapGet("/", static context => context.Response.WriteAsync("ready\n", context.RequestAborted));
            await app.StartAsync();
            settings.Check(app.Services);
            Judges.TellMark(app.Services);
            await app.WaitForShutdownAsync();
            await Console.Error.WriteLineAsync("The function app was stopped.");
        }
        catch (Exception e) when ((BadSettings.Describe(e) ?? (e as IOException)?.Message) is { } why)
        {
            await CannotStartAsync(why);
        }
        return 1;
    }

    /// <summary>One line, which the host shows as an error of the app.</summary>
    public static async Task<int> CannotStartAsync(string why)
    {
        await Console.Error.WriteLineAsync("The function app cannot start: " + why);
        return 1;
    }
}
