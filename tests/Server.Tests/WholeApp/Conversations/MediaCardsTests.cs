using System.Text;
using Support.Contracts;
using Support.Simulation;
using Support.Simulation.Models;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>What people see of voice messages and pictures: on a desk of its own, for their group takes only so many messages a minute.</summary>
public sealed class MediaCardsTests(SeeingDesk one) : MediaTest(one), IClassFixture<SeeingDesk>
{
    [Fact]
    public async Task A_screenshot_is_joined_with_its_caption_and_a_person_who_is_called_sees_it()
    {
        See("Returns", "How do I return a lamp?");
        var answer = await ReplyToAsync(Send(FileKind.Photo, Png, "hello there"));

        Assert.StartsWith("I read: “How do I return a lamp?”", answer.Text);
        Assert.Contains("within 14 days", answer.Text);
        Assert.Equal("hello there\nHow do I return a lamp?", await OneAsync<string>("select q.text from question q join conversation c on c.id = q.conversation_id where c.chat_id = @Id"));
        Assert.Equal(1, Models.Asked(ModelCallKind.Chat)[^1].Messages[^1].Images);

        Desk.Press(Customer, Customer.Id, answer, ":human");
        await Desk.ReplyAsync(Desk.Group, 0, m => m.Photo is not null && m.Caption == "hello there");
    }

    [Fact]
    public async Task What_a_person_must_answer_comes_with_what_was_heard_and_the_voice_itself()
    {
        var words = $"Where did zebra {Customer.Id} go?";
        var promise = await ReplyToAsync(Say(words));

        Assert.StartsWith($"I read: “{words}”", promise.Text);
        await Desk.ReplyAsync(Desk.Group, 0, m => m.Text?.Contains($"🎙 {words}", StringComparison.Ordinal) is true);
        await Eventually.HoldsAsync(() => Desk.Telegram.Messages(Desk.Group).Any(m => m.Voice?.FileSize == Encoding.UTF8.GetByteCount(words)), "the voice message comes to the group");
    }
}
