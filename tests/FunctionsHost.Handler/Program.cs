// A custom handler that does as it is told, for the tests of the stand-in for the Functions host. What it gets it writes to its
// standard output; what it answers stands in the message, or in the request's path and query.
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Support.FunctionsHost.Handler;

Console.WriteLine($"port {Environment.GetEnvironmentVariable("FUNCTIONS_CUSTOMHANDLER_PORT")} root {Environment.GetEnvironmentVariable("FUNCTIONS_APP_ROOT_PATH")} arguments {string.Join('|', args)} setting {Environment.GetEnvironmentVariable("HANDLER_SETTING")}");
if (Environment.GetEnvironmentVariable("HANDLER_EXITS") is { } code)
{
    Console.Error.WriteLine("AzureWebJobsStorage is wrong");
    return int.Parse(code, CultureInfo.InvariantCulture);
}

Console.Error.WriteLine("This is a WARNING");
Console.Error.WriteLine("This is broken");
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null).UseUrls($"http://127.0.0.1:{Environment.GetEnvironmentVariable("FUNCTIONS_CUSTOMHANDLER_PORT")}");
builder.Services.AddLogging();
var app = builder.Build();
var gates = new Gates();
app.Use(next => context => context.Request.Path.Value!.Split('/')[1] switch
{
    "" => Respond.StatusAsync(context, 404),
    "echo" => Respond.EchoAsync(context),
    "stream" => Respond.StreamAsync(context, gates),
    "release" => Respond.ReleaseAsync(context, gates),
    "exit" => Respond.ExitAsync(context),
    _ => Invocation.AnswerAsync(context, gates),
});
await app.RunAsync();
return 0;
