using Support.Conversations;
using Support.Knowledge;
using Support.Labels;
using Support.Questions;
using Support.Tickets;

namespace Support.Tests.Labels;

/// <summary>What colleagues do with a draft: a label of the passage it was made from, if customers are shown that one first.</summary>
public sealed class AdminLabelTests
{
    private const long Card = 700;

    [Fact]
    public async Task A_draft_sent_unchanged_was_right()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(10);
        var ticket = await EscalatedAsync(desk, LabelDesk.PriceOf(3));

        await SendDraftAsync(desk, ticket);
        await desk.KeepAsync();

        var label = Assert.Single(await desk.LabelsAsync());
        Assert.Equal((LabelVerdict.Right, LabelSources.Admin, LabelDesk.PriceOf(3), true), (label.Verdict, label.Source, label.Question, label.IsFirst));
        Assert.True(label.Confidence > 0);
        Assert.Null((await desk.ConfidenceAsync()).Certificate);
    }

    [Fact]
    public async Task Another_answer_as_the_first_reply_says_that_the_draft_was_wrong_and_later_replies_say_nothing()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(10);
        var ticket = await EscalatedAsync(desk, LabelDesk.PriceOf(3));

        await ReplyAsync(desk, "It is sold out.");
        Assert.Equal(LabelVerdict.Wrong, Assert.Single(await desk.LabelsAsync()).Verdict);
        // On second thoughts.
        await SendDraftAsync(desk, ticket);
        await ReplyAsync(desk, "Anything else?");

        Assert.Equal(LabelVerdict.Right, Assert.Single(await desk.LabelsAsync()).Verdict);
    }

    [Fact]
    public async Task A_reply_after_the_draft_and_a_ticket_without_a_draft_say_nothing()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(10);
        await EscalatedAsync(desk, LabelDesk.PriceOf(3), draft: null);

        await ReplyAsync(desk, "It is sold out.");

        Assert.Empty(await desk.LabelsAsync());
    }

    [Fact]
    public async Task A_draft_from_a_document_for_the_staff_says_nothing_of_what_customers_are_answered()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.Desk.PublishAsync(desk.Tenant, "staff.md", Audience.Staff, ("staff.md / Refund limits", "Refunds above 3,000 roubles are approved by Olga."));
        await desk.PublishThingsAsync(3);
        var ticket = await EscalatedAsync(desk, "Who approves refunds above 3,000 roubles?", Audience.Staff);

        await SendDraftAsync(desk, ticket);

        Assert.Empty(await desk.LabelsAsync());
    }

    [Fact]
    public async Task A_draft_whose_passage_customers_are_not_shown_first_waits_and_is_fitted_on_by_nobody()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(10);
        var ticket = await EscalatedAsync(desk, LabelDesk.PriceOf(3));
        await SendDraftAsync(desk, ticket);
        await desk.PublishAsync("news.md", ($"What does the {LabelDesk.Name(3)} cost?", "Nothing, this week."));

        await desk.KeepAsync();

        Assert.False(Assert.Single(await desk.LabelsAsync()).IsFirst);
    }

    /// <summary>A question that went to the colleagues, with its card in their group.</summary>
    private static async Task<long> EscalatedAsync(LabelDesk desk, string text, Audience audience = Audience.Customers, string? draft = "It costs 103 roubles.")
    {
        var question = await desk.AskedAsync(text, decision: "escalate");
        var drafted = (await desk.Desk.AskAsync(desk.Tenant, text, audience)).Passages[0].ChunkId;
        if (audience == Audience.Staff)
        {
            var found = await desk.Desk.AskAsync(desk.Tenant, text, Audience.Staff);
            Assert.Equal(Audience.Staff, found.Passages[0].Audience);
            await desk.InAsync(tx => tx.ExecuteAsync("update question set passages = @passages::jsonb where id = @question", new { question, passages = CitedPassages.Serialize(found.Passages) }, CancellationToken.None));
        }
        return await desk.InAsync(async tx =>
        {
            var conversation = new ConversationRef(await desk.ConversationAsync(tx, LabelDesk.Customer), LabelDesk.Customer, LabelDesk.Customer, "Anna", "en", InGroup: false, ReplyToMessage: null);
            var opened = await new OpenTicket().InsideAsync(tx, desk.Bot, desk.Now, conversation, new NewTicket(Reasons.LowConfidence, text, draft, [], question, []) { DraftChunk = drafted }, CancellationToken.None);
            await tx.ExecuteAsync("update ticket set card_chat_id = @chat, card_message_id = @card where id = @id", new { chat = LabelDesk.Group, card = Card, opened.Id }, CancellationToken.None);
            return opened.Id;
        });
    }

    private static Task SendDraftAsync(LabelDesk desk, long ticket) => desk.InScopeAsync(async scope =>
        Assert.True(await new TicketButtons().HandleAsync(scope, Tickets.TicketDesk.Press(Tickets.TicketDesk.Boris, $"t:{ticket}:send", LabelDesk.Group, Card), CancellationToken.None)));

    private static Task ReplyAsync(LabelDesk desk, string text) => desk.InScopeAsync(async scope =>
    {
        var chat = new Chat(LabelDesk.Group, ChatKind.Supergroup, null, false);
        var message = new IncomingMessage(chat, new Sender(Tickets.TicketDesk.Boris, "Boris", null, null, "en", false), 800 + text.Length, null, desk.Now) { Text = text, ReplyTo = new RepliedTo(Card, 1, FromIsBot: true) };
        Assert.True(await new AdminMessages().HandleAsync(scope, message, CancellationToken.None));
    });
}
