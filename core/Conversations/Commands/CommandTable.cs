using Support.Knowledge;
using Support.Labels;

namespace Support.Conversations.Commands;

/// <summary>Every command and who may use it. What is not here is a customer's message, or (in the admins' chat) a matter of the tickets.</summary>
public sealed class CommandTable(
    StartCommand start,
    HelpCommand help,
    HumanCommand human,
    StatusCommand status,
    LanguageCommand language,
    ForgetCommand forget,
    DocsCommand docs,
    SynonymsCommand synonyms,
    AdminsCommand admins,
    AppointCommand appoint,
    CheckCommand check,
    LabelCommand label,
    LabelButtons labelButtons,
    TargetCommand target,
    TargetButtons targetButtons)
{
    /// <summary>False when the message is not for a command here.</summary>
    public async Task<bool> RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        if (message.Chat.Kind != ChatKind.Private)
            return await RunInGroupAsync(scope, message, cancellation);
        if (scope.Bot.IsEditor(message.From.Id))
            await ReplaceDocument.EndAsync(scope, message.From.Id, cancellation);
        switch (message.Command)
        {
            case "start": await start.RunAsync(scope, message, cancellation); return true;
            case "human": await human.RunAsync(scope, message, cancellation); return true;
            case "status": await status.RunAsync(scope, message, cancellation); return true;
            case "language": await language.RunAsync(scope, message, cancellation); return true;
            case "forget": await forget.RunAsync(scope, message, cancellation); return true;
            case "docs" when scope.Bot.IsEditor(message.From.Id): await docs.RunAsync(scope, message, cancellation); return true;
            case "synonyms" when SynonymsCommand.May(scope, message.From.Id): await synonyms.RunAsync(scope, message, cancellation); return true;
            case LabelCommand.Name when LabelCommand.May(scope.Bot, message.From.Id, message.Chat.Id): await label.RunAsync(scope, message, cancellation); return true;
            case "target" when scope.Bot.IsAdmin(message.From.Id): await target.RunAsync(scope, message, cancellation); return true;
            case "admins": await admins.RunAsync(scope, message, cancellation); return true;
            case "check" when scope.Bot.IsAdmin(message.From.Id): await check.RunAsync(scope, message, cancellation); return true;
            case "close" or "take" or "tickets" when scope.Bot.IsAdmin(message.From.Id): return false;
            default: await help.RunAsync(scope, message, cancellation); return true;
        }
    }

    private async Task<bool> RunInGroupAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        switch (message.Command)
        {
            case "admins": await admins.RunAsync(scope, message, cancellation); return true;
            case "admin" or "editor": await appoint.RunAsync(scope, message, cancellation); return true;
            case "check" when scope.Bot.IsAdmin(message.From.Id): await check.RunAsync(scope, message, cancellation); return true;
            case "synonyms" when message.Chat.Id == scope.Bot.AdminsChat: await synonyms.RunAsync(scope, message, cancellation); return true;
            case LabelCommand.Name when message.Chat.Id == scope.Bot.AdminsChat: await label.RunAsync(scope, message, cancellation); return true;
            case "target" when message.Chat.Id == scope.Bot.AdminsChat: await target.RunAsync(scope, message, cancellation); return true;
            case "language" when message.Chat.Id == scope.Bot.AdminsChat: await language.RunForAdminsAsync(scope, message, cancellation); return true;
            case "human" when message.Chat.Id != scope.Bot.AdminsChat: await human.RunAsync(scope, message, cancellation); return true;
            case "help" or "start": await help.RunAsync(scope, message, cancellation); return true;
            default: return false;
        }
    }

    public async Task<bool> PressAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation) =>
        await language.PressAsync(scope, press, cancellation)
        || await labelButtons.PressAsync(scope, press, cancellation)
        || await targetButtons.PressAsync(scope, press, cancellation);
}
