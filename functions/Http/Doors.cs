using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Support.Database;
using Support.Tenants;

namespace Support.Http;

/// <summary>What the HTTP doors of the desk have in common: the bearer key, JSON in, JSON out.</summary>
internal static class Doors
{
    /// <summary>Whose key it is; null when it is nobody's, and then the request has been answered with 401.</summary>
    public static async Task<TenantId?> TenantAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0 && context.RequestServices.GetService<IBeforeDoors>() is { } before)
            await before.DoorsAsync(context.RequestAborted);
        if (context.RequestServices.GetRequiredService<UploadKeys>().TenantOf(context.Request.Headers.Authorization) is { } tenant)
            return tenant;
        await NobodysKeyAsync(context);
        return null;
    }

    private const string IsThere = "select exists (select from tenant where id = @tenant)";

    /// <summary>A key is checked without the database, so it may be right and its company gone: whoever writes down something of a company asks.</summary>
    /// <returns>False when the company is gone, and then the request has been answered with 401.</returns>
    public static async Task<bool> IsThereAsync(HttpContext context, TenantTransaction transaction)
    {
        if (await transaction.FirstAsync<bool>(IsThere, new { tenant = transaction.Tenant.Value }, context.RequestAborted))
            return true;
        await NobodysKeyAsync(context);
        return false;
    }

    private static Task NobodysKeyAsync(HttpContext context) =>
        ProblemAsync(context, StatusCodes.Status401Unauthorized, "The bearer key is missing or wrong. With `up` it stands in desk.json; else it is Support__Http__UploadKey.");

    public static bool HasOwnersKey(HttpContext context) =>
        context.RequestServices.GetRequiredService<UploadKeys>().IsOwners(context.Request.Headers.Authorization);

    public static Task ProblemAsync(HttpContext context, int status, string error) => WriteAsync(context, status, new Problem(error), ProblemJson.Default.Problem);

    /// <summary>Nothing is wrong with the request; it can be sent again shortly.</summary>
    public static Task ComeBackLaterAsync(this HttpContext context, string why)
    {
        context.Response.Headers.RetryAfter = "2";
        return ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, why);
    }

    public static async Task WriteAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, body, type, context.RequestAborted);
    }

    /// <summary>As long as a message can be, and without the NUL that PostgreSQL cannot keep.</summary>
    public static bool IsQuestion([NotNullWhen(true)] string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= 4096 && !text.Contains('\0');

    /// <returns>Null when the body is no JSON of this shape.</returns>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Where a process starts with nothing, what must be known before a key can be checked.</summary>
internal interface IBeforeDoors
{
    ValueTask DoorsAsync(CancellationToken cancellation);
}

/// <summary>What was wrong with a request, and what to do.</summary>
internal sealed record Problem(string Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext;
