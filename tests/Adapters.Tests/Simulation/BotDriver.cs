using System.Net.Http.Json;
using System.Text.Json;
using Support.Simulation;
using Xunit;

namespace Support.Tests.Simulation;

/// <summary>Calls the Bot API as a bot would, over HTTP.</summary>
public sealed class BotDriver(HttpClient http, Uri server, string token)
{
    public string Token => token;

    public Task<Answer> CallAsync(string method, object? parameters = null) =>
        ReadAsync(http.PostAsync(AddressOf(method), parameters is null ? null : JsonContent.Create(parameters)));

    public Task<Answer> CallWithJsonAsync(string method, string json) =>
        ReadAsync(http.PostAsync(AddressOf(method), new StringContent(json, System.Text.Encoding.UTF8, "application/json")));

    public Task<Answer> CallWithFormAsync(string method, params (string Name, string Value)[] parameters) =>
        ReadAsync(http.PostAsync(AddressOf(method), new FormUrlEncodedContent(parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)))));

    public Task<Answer> CallWithQueryAsync(string method, string query) => ReadAsync(http.GetAsync(new Uri($"{AddressOf(method)}?{query}")));

    public Task<Answer> SendFileAsync(string method, string parameter, byte[] bytes, string name, params (string Name, string Value)[] parameters)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), parameter, name } };
        foreach (var (field, value) in parameters)
            form.Add(new StringContent(value), field);
        return ReadAsync(http.PostAsync(AddressOf(method), form));
    }

    public Task<HttpResponseMessage> DownloadAsync(string path) => http.GetAsync(new Uri(server, $"/file/bot{token}/{path}"));

    /// <summary>Sends a text that must be accepted, and gives its id.</summary>
    public async Task<long> SendAsync(long chat, string text)
    {
        var answer = await CallAsync("sendMessage", new { chat_id = chat, text });
        Assert.True(answer.Ok, answer.Description);
        return answer.Result.GetProperty("message_id").GetInt64();
    }

    private Uri AddressOf(string method) => new(server, $"/bot{token}/{method}");

    private static async Task<Answer> ReadAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        var answer = new Answer(
            body.GetProperty("ok").GetBoolean(),
            body.TryGetProperty("error_code", out var code) ? code.GetInt32() : 200,
            body.TryGetProperty("description", out var description) ? description.GetString()! : "",
            body.TryGetProperty("result", out var result) ? result : default,
            body.TryGetProperty("parameters", out var parameters) ? parameters : default);
        Assert.Equal(answer.Code, (int)response.StatusCode);
        return answer;
    }
}

public sealed record Answer(bool Ok, int Code, string Description, JsonElement Result, JsonElement Parameters)
{
    public string Refusal => Ok ? "accepted" : $"{Code} {Description}";
}
