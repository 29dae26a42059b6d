namespace Support.Server.TryIt;

/// <summary>The try-it page.</summary>
internal static class TryItPage
{
    public static void MapTryIt(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", () => Results.Text("<!doctype html><title>Support</title><h1>Support</h1>", "text/html"));
}
