using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Support.Simulation;

/// <summary>
/// The parameters of a call as they came: from the query string, and from a body of JSON, of a form, or of multipart. A value is
/// a <see cref="JsonElement"/>, a string or an <see cref="UploadedFile"/>.
/// </summary>
internal sealed class RawArguments : IDisposable
{
    /// <summary>Telegram takes files of up to 50 MB; the rest is room for the other parameters.</summary>
    private const long LargestBody = 52 * 1024 * 1024;

    private JsonDocument? _body;

    public Dictionary<string, object> Values { get; } = new(StringComparer.Ordinal);

    public static async Task<RawArguments> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var arguments = new RawArguments();
        foreach (var (name, value) in request.Query)
            arguments.Values[name] = value.ToString();
        try
        {
            if (request.HasJsonContentType())
                await arguments.ReadJsonAsync(request, cancellation);
            else if (request.HasFormContentType)
                await arguments.ReadFormAsync(request, cancellation);
        }
        catch (BadHttpRequestException e)
        {
            throw new Refusal(e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "Request Entity Too Large" : "Bad Request: " + e.Message);
        }
        return arguments;
    }

    private async Task ReadJsonAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            _body = await JsonDocument.ParseAsync(request.Body, default, cancellation);
        }
        catch (JsonException e)
        {
            throw Refusal.BadRequest($"can't parse the body as JSON: {e.Message}");
        }
        if (_body.RootElement.ValueKind != JsonValueKind.Object)
            throw Refusal.BadRequest("the body must be a JSON object");
        foreach (var member in _body.RootElement.EnumerateObject())
            Values[member.Name] = member.Value;
    }

    private async Task ReadFormAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = LargestBody;
        if (request.ContentLength > LargestBody)
            throw new Refusal(413, "Request Entity Too Large");
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(cancellation);
        }
        catch (InvalidDataException e)
        {
            throw Refusal.BadRequest($"can't parse the form: {e.Message}");
        }
        foreach (var (name, value) in form)
            Values[name] = value.ToString();
        foreach (var file in form.Files)
        {
            var bytes = new byte[file.Length];
            await using var content = file.OpenReadStream();
            await content.ReadExactlyAsync(bytes, cancellation);
            Values[file.Name] = new UploadedFile(file.FileName, file.ContentType, bytes);
        }
    }

    public void Dispose() => _body?.Dispose();
}
