using Support.Conversations;
using Support.Labels;

namespace Support.Bench.Speed.Scale;

/// <summary>An editor labels a question, and what rests on the labels is made anew.</summary>
internal sealed class LabelPath(ScaleDesk desk, Steps steps, Numbers numbers, QuestionPath questions)
{
    private const string Last = "select body::text from outbox where chat_id = @chat order by id desc limit 1";

    public async Task RunAsync(Pick pick, CancellationToken cancellation)
    {
        var bot = await desk.BotAsync(pick, cancellation);
        var chat = Pick.PrivateOf(pick.Editor);
        await questions.ReceiveAsync(bot, "/label", new Incoming.MessageReceived(numbers.CommandOf(pick.Editor, chat, "label")), cancellation);
        if (await RightAsync(bot.Tenant, chat.Id, cancellation) is { } right)
            await questions.ReceiveAsync(bot, "press a label", new Incoming.ButtonPressed("press", pick.Editor, chat, MessageId: 1, Thread: null, right), cancellation);
        await steps.RunAsync("keep the promises", () => desk.Get<KeepPromises>().RunAsync(cancellation));
        await questions.DeliverAllAsync(bot, chat.Id, "a notice", cancellation);
    }

    private async Task<string?> RightAsync(Tenants.TenantId tenant, long chat, CancellationToken cancellation)
    {
        await using var transaction = await desk.Database.BeginAsync(tenant, cancellation);
        return await transaction.FirstAsync<string>(Last, new { chat }, cancellation) is { } body && Outbox.Deserialize(body) is Outgoing.SendText { Keyboard: { } keyboard }
            ? keyboard.Rows[0][0].Data
            : null;
    }
}
