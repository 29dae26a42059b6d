using Support.Simulation;
using Support.Simulation.Models;
using Support.Simulation.Wire;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>Answers that are shown while a model writes them.</summary>
public sealed class WritingTests(WritingDesk one) : IClassFixture<WritingDesk>
{
    private const string Question = "How do I return a lamp?";

    private Desk Desk => one.Desk;

    [Fact]
    public async Task In_a_private_chat_sentences_are_seen_before_the_answer()
    {
        var before = Drafts();
        var answer = await Desk.AskInChatAsync(OneDesk.NewCustomer(), Question);

        Assert.StartsWith("You can return a lamp within 14 days.", answer.Text);
        Assert.Equal(before + 1, Drafts());
        Assert.Contains(one.Models.Asked(ModelCallKind.Chat), request => request is { SchemaName: "support_answer", IsStream: true });
    }

    [Fact]
    public async Task In_a_group_nothing_is_seen_before_the_answer()
    {
        const long Group = -1003000000007;
        Desk.Telegram.AddChat(new SimulatedChat(Group, "Lamp lovers") { Members = [Desk.Ann, Desk.Boris] });
        var before = Drafts();
        Desk.Write(Desk.Ann, "@support_sim_bot " + Question, Group);
        Assert.StartsWith("You can return a lamp", (await Desk.ReplyAsync(Group, 0)).Text);
        Assert.Equal(before, Drafts());
    }

    private long Drafts() => Desk.Telegram.Stats().Calls.GetValueOrDefault("sendMessageDraft");
}
