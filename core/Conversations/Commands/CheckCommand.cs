namespace Support.Conversations.Commands;

/// <summary>/check: what is set up and what is missing, for admins.</summary>
public sealed class CheckCommand(IMessenger messenger)
{
    private const string Known = "select title, is_forum from chat where bot_id = @bot and id = @chat";

    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var language = CustomerMessages.SpokenLanguage(message.From.LanguageCode);
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
        await scope.SendAsync(new OutboxMessage(message.Chat.Id, Purposes.Notice, new Outgoing.SendText(string.Join("\n", lines), Thread: message.Thread)), cancellation);
    }

    private sealed record Group(string? Title, bool IsForum);
}
