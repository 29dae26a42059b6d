using System.Net.Http.Headers;
using System.Text.Json;
using Spectre.Console;
using Support.Functions;
using Support.Replay;
using Support.Server.Supervisor;

namespace Support.Server.Commands;

/// <summary>Goes through a replayed history with the owner: one key a question, kept at once.</summary>
internal sealed class ReplayLabels(HttpMessageInvoker client, DeskFile desk)
{
    private const string Skip = "s";
    private const string Stop = "q";

    public async Task AskAsync(Replayed replayed, CancellationToken cancel)
    {
        var asked = replayed.Questions.Where(question => question.Passage is not null).ToList();
        var kept = 0;
        for (var i = 0; i < asked.Count; i++)
        {
            Show(asked[i], $"{i + 1} of {asked.Count}");
            var prompt = new TextPrompt<string>("[[r]]ight, [[p]]artly, [[w]]rong, [[s]]kip, [[q]]uit?") { ShowChoices = false };
            var said = await prompt.AddChoices(["r", "p", "w", Skip, Stop]).DefaultValue(asked[i].Verdict?[..1] ?? Skip).ShowAsync(AnsiConsole.Console, cancel);
            if (said == Stop)
                break;
            if (said != Skip && await KeepAsync(asked[i], said switch { "r" => "right", "p" => "partly", _ => "wrong" }, cancel))
                kept++;
        }

        Screen.Say($"{kept} labels were kept. They help the percentages; a certificate comes from /label alone.");
    }

    private static void Show(ReplayedQuestion question, string place)
    {
        Screen.Say($"\n── {place} ── {(question.Decision == "answer" ? "would answer" : "would not answer by itself; the nearest it has:")}");
        Screen.Say(question.Question);
        Screen.Say($"\n→ {question.Says}\n  ({question.Passage!.Title}, {question.Passage.Source})");
        Screen.Say($"\nA person answered: {(question.Answered.Length == 0 ? "(a file)" : question.Answered)}");
    }

    private async Task<bool> KeepAsync(ReplayedQuestion question, string verdict, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, desk.Url + "/replay/labels")
        {
            Content = new StringContent(JsonSerializer.Serialize(new ReplayLabel(question.Question, question.Passage!.Chunk, verdict), ReplayJson.Default.ReplayLabel), MediaTypeHeaderValue.Parse("application/json")),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", desk.Key) },
        };
        try
        {
            using var response = await client.SendAsync(request, cancel);
            if (response.IsSuccessStatusCode)
                return true;
            Screen.Warn(Replay.Refusal(await response.Content.ReadAsStringAsync(cancel)) ?? $"The desk answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException e)
        {
            Screen.Warn($"The desk at {desk.Url} does not answer: {e.Message}");
        }

        return false;
    }
}
