namespace Support.Tests.WholeApp.Conversations;

/// <summary>What the desk does of its own accord while nobody writes.</summary>
public sealed class ReminderTests
{
    [Fact]
    public async Task The_admins_are_reminded_on_the_card_the_customer_is_told_and_a_reply_to_the_reminder_answers()
    {
        await using var desk = await Desk.OpenAsync(change: settings =>
        {
            settings["Support__Tickets__RemindAfter"] = "00:00:02";
            settings["Support__Tickets__TellCustomerAfter"] = "00:00:02";
        });
        await desk.UploadAsync("returns.md", OneDesk.Guide);
        var promise = await desk.AskInChatAsync(Desk.Ann, "Do you sell pink elephants from Mongolia?");
        var card = await desk.ReplyAsync(Desk.Group, 0, m => m.Text!.Contains("elephants", StringComparison.Ordinal));

        var reminder = await desk.ReplyAsync(Desk.Group, card.MessageId, m => m.Text!.StartsWith('⏰'));
        Assert.Equal(card.MessageId, reminder.ReplyToMessage?.MessageId);
        Assert.Contains("still with my colleagues", (await desk.ReplyAsync(Desk.Ann.Id, promise.MessageId)).Text);

        var written = desk.Write(Desk.Alice, "Only lamps.", Desk.Group, replyTo: reminder.MessageId);
        await desk.ReplyAsync(Desk.Ann.Id, promise.MessageId, m => m.Text == "Only lamps.");
        Assert.DoesNotContain(desk.Telegram.Messages(Desk.Group, written.MessageId), m => m.Text?.Contains("nowhere", StringComparison.Ordinal) is true);
    }
}
