using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Support.Simulation;

namespace Support.Tests.TryIt;

/// <summary>A bot of a few lines, long-polling the simulation over HTTP as any bot does: so the page is tested without the desk.</summary>
internal sealed class ScriptedBot(HttpClient telegram) : IDisposable
{
    public const string Answer = "Open My orders & press Return";
    public const string Written = "Open My orders";
    public const string HandedOver = "A colleague will answer you here";
    public const string Notice = "Thank you!";

    private readonly CancellationTokenSource _end = new();
    private Task _work = Task.CompletedTask;

    public void Start() => _work = PollAsync();

    private async Task PollAsync()
    {
        var offset = 0L;
        try
        {
            while (true)
            {
                var updates = await CallAsync("getUpdates", new { offset, timeout = 20 });
                foreach (var update in updates.AsArray())
                {
                    await ActAsync(update!);
                    offset = update!["update_id"]!.GetValue<long>() + 1;
                }
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private Task ActAsync(JsonNode update) => update switch
    {
        _ when update["callback_query"] is { } pressed => CallAsync("answerCallbackQuery", new { callback_query_id = pressed["id"]!.GetValue<string>(), text = Notice }),
        _ when update["message"] is { } message => ReplyAsync(message),
        _ => Task.CompletedTask,
    };

    private Task ReplyAsync(JsonNode message)
    {
        var chat = message["chat"]!["id"]!.GetValue<long>();
        var text = message["text"]?.GetValue<string>() ?? "";
        if (message["document"] is { } document)
            return SayAsync(chat, $"Read {document["file_name"]}");
        if (chat < 0)
            return message["reply_to_message"] is null ? Task.CompletedTask : SayAsync(StartingCompany.Ann.Id, $"A colleague says: {text}");
        if (text.Contains("slowly", StringComparison.Ordinal))
            return CallAsync("sendMessageDraft", new { chat_id = chat, draft_id = 1, text = Written });
        return text.Contains("order", StringComparison.Ordinal) ? HandOverAsync(chat, text) : AnswerAsync(chat);
    }

    private Task AnswerAsync(long chat) =>
        SayAsync(chat, "Open <b>My orders</b> &amp; press <i>Return</i>\n\nSource: <a href=\"https://help.example/returns\">Returns</a>", "👍 Helpful");

    private async Task HandOverAsync(long chat, string question)
    {
        await SayAsync(chat, HandedOver);
        await SayAsync(StartingCompany.AdminsGroup, $"№ 1 Ann asks: {question.Replace("<", "&lt;", StringComparison.Ordinal)}", "Take");
    }

    private Task SayAsync(long chat, string html, string? button = null) => button is null
        ? CallAsync("sendMessage", new { chat_id = chat, text = html, parse_mode = "HTML" })
        : CallAsync("sendMessage", new { chat_id = chat, text = html, parse_mode = "HTML", reply_markup = new { inline_keyboard = new[] { new[] { new { text = button, callback_data = "pressed" } } } } });

    // A call that Telegram failed is made again, as the desk does.
    private async Task<JsonNode> CallAsync(string method, object arguments)
    {
        while (true)
        {
            using var response = await telegram.PostAsJsonAsync($"/bot{StartingCompany.Bot.Token}/{method}", arguments, _end.Token);
            if ((int)response.StatusCode >= 500)
                continue;

            var answer = await response.Content.ReadFromJsonAsync<JsonNode>(_end.Token);
            return answer!["result"] ?? throw new InvalidOperationException($"{method} was refused: {answer}");
        }
    }

    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _work;
    }

    public void Dispose() => _end.Dispose();
}
