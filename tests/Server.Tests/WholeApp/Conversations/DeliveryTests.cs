using Support.Contracts;
using Support.Simulation;
using Support.Simulation.Wire;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>Telegram refuses, stumbles or does not answer: nothing is lost, and the order stays.</summary>
public sealed class DeliveryTests(OneDesk one) : IClassFixture<OneDesk>
{
    private readonly SimulatedUser _customer = OneDesk.NewCustomer();

    private Desk Desk => one.Desk;

    [Theory]
    [InlineData(429, 2)]
    [InlineData(500, 2)]
    [InlineData(Fault.DropBefore, 2)]
    [InlineData(Fault.DropAfter, 1)]
    public async Task What_could_not_be_sent_comes_later_in_the_same_order(int error, int times)
    {
        Desk.Telegram.AddFault(new Fault("sendMessage", error) { Count = times, RetryAfter = error == 429 ? 1 : null });
        Desk.Write(_customer, "/help");
        Desk.Write(_customer, "/status");
        Desk.Write(_customer, "/language");

        await Desk.ReplyAsync(_customer.Id, 0, m => m.Text!.Contains("Which language", StringComparison.Ordinal));

        await Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>("select count(*) from outbox where chat_id = @Id and state = 2", _customer) == 3, "all three are noted as sent");
        var shown = FromBot().Select(m => m.Text!).ToList();
        var distinct = shown.Distinct().ToList();
        Assert.Equal(3, distinct.Count);
        Assert.Contains("/forget", distinct[0], StringComparison.Ordinal);
        Assert.Contains("no open question", distinct[1], StringComparison.Ordinal);
        // Only where Telegram's answer got lost may a message stand there twice, and that is counted.
        var doubts = await one.Memory.OneAsync<long>("select sum(doubts) from outbox where chat_id = @Id", _customer);
        Assert.True(shown.Count - 3 <= doubts, $"{shown.Count} messages, {doubts} doubts");
        Assert.Equal(error is 500 or Fault.DropAfter or Fault.DropBefore, doubts > 0);
    }

    [Fact]
    public async Task When_telegram_refuses_the_formatting_the_text_goes_out_plain()
    {
        Desk.Telegram.AddFault(new Fault("sendMessage", 400) { Count = 1, Description = "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0" });
        var answer = await Desk.AskInChatAsync(_customer, "How do I return a lamp?");

        Assert.Contains("14 days", answer.Text);
        Assert.DoesNotContain("<b>", answer.Text);
        Assert.NotEmpty(Desk.Buttons(answer));
    }

    [Fact]
    public async Task A_message_that_is_refused_for_good_is_told_to_the_admins_and_the_next_one_leaves()
    {
        Desk.Telegram.AddFault(new Fault("sendMessage", 400) { Count = 1, Description = "Bad Request: message text is strange" });
        Desk.Write(_customer, "/help");
        Desk.Write(_customer, "/status");

        await Desk.ReplyAsync(_customer.Id, 0, m => m.Text!.Contains("no open question", StringComparison.Ordinal));
        await Desk.ReplyAsync(Desk.Group, 0, m => m.Text!.Contains("message text is strange", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_customer_who_blocked_the_bot_is_left_alone_until_he_writes_again()
    {
        var asked = Desk.Write(_customer, $"Do you sell pink elephants number {_customer.Id}?");
        await Desk.ReplyAsync(_customer.Id, asked.MessageId);
        var card = await Desk.ReplyAsync(Desk.Group, 0, m => m.Text!.Contains($"number {_customer.Id}", StringComparison.Ordinal));
        Desk.Telegram.SetMember(new MembershipChange(_customer.Id, "kicked") { Bot = StartingCompany.Bot.Id });
        await Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>("select count(*) from chat where id = @Id and gone_since is not null", _customer) == 1, "the desk knows that it is blocked");

        var reply = Desk.Write(Desk.Alice, "No elephants.", Desk.Group, replyTo: card.MessageId);
        await Desk.ReplyAsync(Desk.Group, reply.MessageId, m => m.Text!.Contains("cannot be reached", StringComparison.Ordinal));

        Desk.Write(_customer, "Still there?");
        await Desk.ReplyAsync(Desk.Group, reply.MessageId, m => m.Text!.Contains("Still there?", StringComparison.Ordinal));
        var again = Desk.Write(Desk.Alice, "Still no elephants.", Desk.Group, replyTo: card.MessageId);
        await Desk.ReplyAsync(_customer.Id, 0, m => m.Text!.Contains("Still no elephants", StringComparison.Ordinal));
        Assert.DoesNotContain(Desk.Telegram.Messages(Desk.Group, again.MessageId), m => m.Text?.Contains("cannot be reached", StringComparison.Ordinal) is true);
    }

    private IEnumerable<Message> FromBot() => Desk.Telegram.Messages(_customer.Id).Where(m => m.From!.IsBot);
}
