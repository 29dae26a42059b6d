using System.Net.Http.Headers;
using System.Text.Json;
using Spectre.Console;
using Support.Server.Supervisor;

namespace Support.Server.Commands;

/// <summary><c>ask "question"</c>: what the desk would tell a customer, and why. Nobody is written to.</summary>
internal static class Ask
{
    public static async Task<int> RunAsync(string[] args)
    {
        var line = CommandLine.Parse("ask", args, "--data");
        if (line.Words.Count == 0)
            throw new UsageException("`ask` wants a question: ask \"question\" [--data DIR].");

        using var stop = new StopSignal();
        using var client = Web.Client();
        var desk = RunningDesk.Find(line["--data"]);
        var question = new AskQuestion(string.Join(' ', line.Words));
        using var request = new HttpRequestMessage(HttpMethod.Post, desk.Url + "/ask")
        {
            Content = new StringContent(JsonSerializer.Serialize(question, CommandsJson.Default.AskQuestion), MediaTypeHeaderValue.Parse("application/json")),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", desk.Key) },
        };
        Show(await AnswerAsync(client, request, desk.Url, stop.Token));
        return 0;
    }

    private static async Task<AskAnswer> AnswerAsync(HttpMessageInvoker client, HttpRequestMessage request, string url, CancellationToken cancel)
    {
        try
        {
            using var response = await client.SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode)
                throw new UpException($"The desk at {url} answered {(int)response.StatusCode} {response.ReasonPhrase}: {await response.Content.ReadAsStringAsync(cancel)}");

            return JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(cancel), CommandsJson.Default.AskAnswer)!;
        }
        catch (HttpRequestException e)
        {
            throw new UpException($"The desk at {url} does not answer: {e.Message}");
        }
    }

    private static void Show(AskAnswer said)
    {
        Screen.Say(said.Decision + (said.Reason is { } reason ? $" ({reason})" : "") + Sure(said));
        if (said.Answer is { Length: > 0 } answer)
            Screen.Say($"\n{answer}\n");
        if (said.ReadAs is { Length: > 0 } read)
            Screen.Say($"read as: {read}");
        if (said.Choices is { Count: > 0 } choices)
            Screen.Say("\nWhich do you mean?\n" + string.Join('\n', choices.Select((title, i) => $"  {i + 1}. {title}")) + "\n");
        foreach (var passage in said.Passages ?? [])
            Screen.Say("  " + OneLine(passage));
    }

    // The confidence only orders answers: a number is shown where labels tell how often such answers are right.
    internal static string Sure(AskAnswer said) => said switch
    {
        { Probability: { } probability } => $", right with {probability * 100:0} %",
        { Level: { } level } => $", confidence {level}",
        _ => "",
    };

    private static string OneLine(JsonElement passage)
    {
        if (passage.ValueKind != JsonValueKind.Object)
            return passage.ToString();

        // Numbers and names first; of the text only as much as tells which passage it is.
        var parts = passage.EnumerateObject()
            .Where(property => property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .Select(property => property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetDouble(out var number)
                ? $"{property.Name} {number:0.###}"
                : Short(property.Value.GetString()!.ReplaceLineEndings(" ")));
        return string.Join(" · ", parts);
    }

    private static string Short(string text) => text.Length <= 100 ? text : text[..100].TrimEnd() + "…";
}
