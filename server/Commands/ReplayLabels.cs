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
    public async Task AskAsync(Replayed replayed, CancellationToken cancel)
    {
        var asked = replayed.Questions.Where(question => question.Passage is not null).ToList();
        var kept = 0;
        for (var i = 0; i < asked.Count; i++)
        {
            Show(asked[i], $"{i + 1} of {asked.Count}");
            var (text, keys) = LabelKeys.Of(asked[i]);
            var prompt = new TextPrompt<string>(text) { ShowChoices = false };
            var said = await prompt.AddChoices(keys).DefaultValue(LabelKeys.SaidBefore(asked[i]) ?? LabelKeys.Skip).ShowAsync(AnsiConsole.Console, cancel);
            if (said == LabelKeys.Stop)
                break;
            if (said != LabelKeys.Skip && await KeepAsync(LabelKeys.Read(asked[i], said), cancel))
                kept++;
        }

        Screen.Say($"{kept} labels were kept. They help the percentages; a certificate comes from /label alone.");
    }

    private static void Show(ReplayedQuestion question, string place)
    {
        var does = question switch { { Decision: "answer" } => "would answer", { Choices.Count: > 0 } => "would ask which is meant", _ => "would not answer by itself; the nearest it has:" };
        Screen.Say($"\n── {place} ── {does}");
        Screen.Say(question.Question);
        Screen.Say(question.Choices.Count > 0
            ? "\n" + string.Join('\n', question.Choices.Select((choice, at) => $"  {at + 1}. {choice.Title} ({choice.Source})"))
            : $"\n→ {question.Says}\n  ({question.Passage!.Title}, {question.Passage.Source})");
        Screen.Say($"\nA person answered: {(question.Answered.Length == 0 ? "(a file)" : question.Answered)}");
    }

    private async Task<bool> KeepAsync(ReplayLabel label, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, desk.Url + "/replay/labels")
        {
            Content = new StringContent(JsonSerializer.Serialize(label, ReplayJson.Default.ReplayLabel), MediaTypeHeaderValue.Parse("application/json")),
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
