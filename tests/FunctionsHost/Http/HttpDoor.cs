using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Support.FunctionsHost.App;

namespace Support.FunctionsHost.Http;

/// <summary>The host's web server: routes of HTTP functions, the host's own page at /, 404 for everything else.</summary>
internal static class HttpDoor
{
    private const string HomePage = "<!doctype html><title>Functions</title><p>Your Functions 4.0 app is up and running (a stand-in of the host).";

    public static async Task<WebApplication> OpenAsync(FunctionApp app, int port, bool homePage, HttpProxy proxy, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = HttpProxy.MostBytes;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRouting();
        builder.Services.AddLogging();
        var web = builder.Build();
        web.UseRouting();
        web.Use((context, next) => IsHomePage(context, homePage) ? ShowHomePage(context) : IsFunction(context) ? next(context) : NotFound(context));
        foreach (var function in app.Functions)
        {
            if (function.Trigger is Trigger.Http http)
                Map(web, app.Host.RoutePrefix, function, http, proxy);
        }

        web.UseEndpoints(_ => { });
        await web.StartAsync(cancellation);
        return web;
    }

    public static Uri AddressOf(WebApplication web) => new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static void Map(WebApplication web, string prefix, FunctionFile function, Trigger.Http http, HttpProxy proxy)
    {
        var route = $"/{(prefix.Length > 0 ? prefix + "/" : "")}{http.Route}";
        try
        {
            var mapped = http.Methods.Count > 0
                ? web.MapMethods(route, http.Methods, context => proxy.ServeAsync(context, function))
                : web.Map(route, context => proxy.ServeAsync(context, function));
            mapped.WithMetadata(function);
        }
        catch (Microsoft.AspNetCore.Routing.Patterns.RoutePatternException e)
        {
            throw new FunctionsHostException($"Function {function.Name}: the route '{http.Route}' is wrong: {e.Message}", e);
        }
    }

    private static bool IsHomePage(HttpContext context, bool shown) => shown && context.Request.Path == "/" && HttpMethods.IsGet(context.Request.Method);

    private static Task ShowHomePage(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(HomePage, context.RequestAborted);
    }

    private static bool IsFunction(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<FunctionFile>() is not null;

    /// <summary>Also for a function's route with a method that is not its own: the host says 404, not 405.</summary>
    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
