using Support.Tickets;

namespace Support.Conversations.Commands;

/// <summary>/check: what is set up, what is missing, and what comes in that nobody has a use for; for admins.</summary>
public sealed class CheckCommand(IMessenger messenger, UpdateCounters counters)
{
    private const int MostKinds = 20;

    private const string Known = "select title, is_forum from chat where bot_id = @bot and id = @chat";

    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var language = await AdminsLanguage.FindAsync(scope.Transaction, message.From, cancellation);
        var lines = new List<string>();
        if (scope.Bot.AdminsChat is { } group)
        {
            var known = await scope.Transaction.FirstAsync<Group>(Known, new { bot = scope.Bot.Id.Value, chat = group }, cancellation);
            lines.Add(Phrases.Html(language, "check.group", known?.Title ?? group.ToString()));
            var standing = await messenger.StandingAsync(scope.Bot.Id, group, cancellation);
            var lacks = GroupCheck.Lacks(language, known?.IsForum ?? false, standing, scope.Bot).ToList();
            lines.AddRange(lacks.Count > 0 ? lacks : [Phrases.Html(language, "check.ok")]);
        }
        else
        {
            lines.Add(Phrases.Html(language, "check.group", Phrases.Plain(language, "check.none")));
        }
        if (counters.UnusedOf(scope.Bot.Id) is { Count: > 0 } unused)
            lines.Add(Phrases.Html(language, "check.unused", string.Join(", ", unused.Take(MostKinds).Select(one => $"{Excerpt.Plain(one.Kind, 60)} {one.Count}"))));
        await scope.SendAsync(new OutboxMessage(message.Chat.Id, Purposes.Notice, new Outgoing.SendText(string.Join("\n", lines), Thread: message.Thread)), cancellation);
    }

    private sealed record Group(string? Title, bool IsForum);
}
