using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Support.FunctionsHost.Handler;

/// <summary>
/// Answers to envelopes. A message that is a JSON object says what to do: {"exit":3}, {"wait":"name"}, or
/// {"status":200,"type":"application/json","body":"{}"}; any other is done at once, or
/// with the status that HANDLER_STATUS names.
/// </summary>
internal static class Invocation
{
    public static async Task AnswerAsync(HttpContext context, Gates gates)
    {
        var got = await Respond.GotAsync(context);
        Console.WriteLine("got " + JsonSerializer.Serialize(got));
        var told = Told(got.Body);
        if (told.Exit is { } code)
            Environment.Exit(code);
        if (told.Wait is { } gate)
            await gates.WaitAsync(gate).WaitAsync(context.RequestAborted);
        context.Response.StatusCode = told.Status ?? 200;
        if ((told.Type ?? "application/json") is { Length: > 0 } type)
            context.Response.ContentType = type;
        await context.Response.WriteAsync(told.Body ?? "{}", context.RequestAborted);
    }

    private static int? StandardStatus => Environment.GetEnvironmentVariable("HANDLER_STATUS") is { } status ? int.Parse(status, CultureInfo.InvariantCulture) : null;

    private static ToldWhat Told(byte[] envelope)
    {
        using var document = JsonDocument.Parse(envelope);
        var data = document.RootElement.GetProperty("Data").EnumerateObject().First().Value;
        if (data.ValueKind != JsonValueKind.String || JsonSerializer.Deserialize<string>(data.GetString()!) is not ['{', ..] text)
            return new ToldWhat { Status = StandardStatus };
        return JsonSerializer.Deserialize<ToldWhat>(text, JsonSerializerOptions.Web) ?? new ToldWhat();
    }

    private sealed record ToldWhat
    {
        public int? Exit { get; init; }

        public string? Wait { get; init; }

        public int? Status { get; init; }

        public string? Type { get; init; }

        public string? Body { get; init; }
    }
}
