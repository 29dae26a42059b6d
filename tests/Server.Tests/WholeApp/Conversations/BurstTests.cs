using Support.Contracts;
using Support.Simulation;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>What a customer writes in one go, and what is changed afterwards.</summary>
public sealed class BurstTests(BurstTests.UnhurriedDesk one) : IClassFixture<BurstTests.UnhurriedDesk>
{
    /// <summary>Waits a little for further messages, as a real desk does.</summary>
    public sealed class UnhurriedDesk : OneDesk
    {
        protected override void Change(Dictionary<string, string> settings) => settings["Support__Conversations__BurstSeconds"] = "3";
    }

    private Desk Desk => one.Desk;

    [Fact]
    public async Task Three_messages_in_a_row_are_one_question()
    {
        var customer = OneDesk.NewCustomer();
        Desk.Write(customer, "Hello!");
        Desk.Write(customer, "How do I return");
        var last = Desk.Write(customer, "a lamp?");

        var answer = await Desk.ReplyAsync(customer.Id, last.MessageId);

        Assert.Contains("14 days", answer.Text);
        Assert.Equal(["Hello!\nHow do I return\na lamp?"], await QuestionsAsync(customer));
        Assert.Single(Desk.Telegram.Messages(customer.Id), m => m.From!.IsBot);
    }

    [Fact]
    public async Task While_it_waits_for_more_the_customer_sees_at_once_that_somebody_is_typing()
    {
        var customer = OneDesk.NewCustomer();
        var before = Typing();
        var written = Desk.Write(customer, "How do I return a lamp?");

        await Eventually.HoldsAsync(() => Typing() > before, "the bot is typing", seconds: 2.5);
        Assert.DoesNotContain(Desk.Telegram.Messages(customer.Id), m => m.From!.IsBot);
        await Desk.ReplyAsync(customer.Id, written.MessageId);
    }

    private long Typing() => Desk.Telegram.Stats().Calls.GetValueOrDefault("sendChatAction");

    [Fact]
    public async Task A_message_that_was_changed_before_the_answer_is_asked_as_it_reads_now()
    {
        var customer = OneDesk.NewCustomer();
        var written = Desk.Write(customer, "How do I return a lamp?");
        Edit(customer, written.MessageId, "How long does delivery take to the islands?");

        Assert.Contains("9 days", (await Desk.ReplyAsync(customer.Id, written.MessageId)).Text);
        Assert.Equal(["How long does delivery take to the islands?"], await QuestionsAsync(customer));
    }

    [Fact]
    public async Task A_message_that_is_changed_after_the_answer_is_asked_again()
    {
        var customer = OneDesk.NewCustomer();
        var written = Desk.Write(customer, "How do I return a lamp?");
        var first = await Desk.ReplyAsync(customer.Id, written.MessageId);
        Edit(customer, written.MessageId, "How long does delivery take to the islands?");

        Assert.Contains("9 days", (await Desk.ReplyAsync(customer.Id, first.MessageId)).Text);
        // An edit that changes nothing that can be read asks nothing.
        Edit(customer, written.MessageId, "How long does delivery take to the islands?");
        var next = Desk.Write(customer, "How do I return a lamp?");
        Assert.Contains("14 days", (await Desk.ReplyAsync(customer.Id, next.MessageId)).Text);
        Assert.Equal(3, (await QuestionsAsync(customer)).Count);
    }

    [Fact]
    public async Task A_change_that_overtakes_its_message_waits_for_it()
    {
        var customer = OneDesk.NewCustomer();
        var door = new WebhookDoor(Desk, one.Memory.Tenant);
        var update = WebhookDoor.TextUpdate(WebhookDoor.NextUpdate(), customer.Id, 1, "How do I return a lamp?");
        var edit = WebhookDoor.TextUpdate(WebhookDoor.NextUpdate(), customer.Id, 1, "How long does delivery take to the islands?")
            .Replace("\"message\":", "\"edited_message\":", StringComparison.Ordinal);

        await door.StatusAsync(edit);
        await Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>("select count(*) from pending_edit where chat_id = @Id", customer) == 1, "the edit waits");
        await door.StatusAsync(update);

        await Eventually.HoldsAsync(async () => (await QuestionsAsync(customer)) is ["How long does delivery take to the islands?"], "the message is asked as it was changed");
        Assert.Equal(0, await one.Memory.OneAsync<long>("select count(*) from pending_edit where chat_id = @Id", customer));
    }

    private void Edit(SimulatedUser customer, long message, string text) =>
        Desk.Telegram.Write(new UserMessage(customer.Id, customer, text) { Edit = message });

    private Task<IReadOnlyList<string>> QuestionsAsync(SimulatedUser customer) =>
        one.Memory.AllAsync<string>("select q.text from question q join conversation c on c.id = q.conversation_id where c.chat_id = @Id order by q.id", customer);
}
