using Support.Simulation;
using Xunit;

namespace Support.Tests.Simulation;

public sealed class ForumTopicTests : SimulationTest
{
    private async Task<long> CreateAsync(string name = "Ticket 1") =>
        (await Bot.CallAsync("createForumTopic", new { chat_id = Forum, name })).Result.GetProperty("message_thread_id").GetInt64();

    private async Task<string> SendAsync(long thread) =>
        (await Bot.CallAsync("sendMessage", new { chat_id = Forum, message_thread_id = thread, text = "a" })).Refusal;

    [Fact]
    public async Task A_message_goes_into_a_topic()
    {
        var thread = await CreateAsync();

        var message = (await Bot.CallAsync("sendMessage", new { chat_id = Forum, message_thread_id = thread, text = "a" })).Result;
        Assert.Equal(thread, message.GetProperty("message_thread_id").GetInt64());
        Assert.True(message.GetProperty("is_topic_message").GetBoolean());
    }

    [Fact]
    public async Task A_persons_message_in_a_topic_replies_to_its_first_message_as_at_Telegram()
    {
        var thread = await CreateAsync();

        Telegram.Write(new UserMessage(Forum, StartingCompany.Alice, "on it") { Thread = thread });

        var message = Assert.Single(await UpdatesAsync()).GetProperty("message");
        Assert.Equal(thread, message.GetProperty("message_thread_id").GetInt64());
        Assert.Equal("Ticket 1", message.GetProperty("reply_to_message").GetProperty("forum_topic_created").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_closed_topic_takes_no_messages_until_it_is_reopened()
    {
        var thread = await CreateAsync();
        Assert.True((await Bot.CallAsync("closeForumTopic", new { chat_id = Forum, message_thread_id = thread })).Ok);
        Assert.Equal("400 Bad Request: TOPIC_CLOSED", await SendAsync(thread));
        Assert.Equal("400 Bad Request: TOPIC_NOT_MODIFIED", (await Bot.CallAsync("closeForumTopic", new { chat_id = Forum, message_thread_id = thread })).Refusal);

        Assert.True((await Bot.CallAsync("reopenForumTopic", new { chat_id = Forum, message_thread_id = thread })).Ok);

        Assert.Equal("accepted", await SendAsync(thread));
    }

    [Fact]
    public async Task A_topic_that_somebody_deleted_is_not_found()
    {
        var thread = await CreateAsync();

        Telegram.ChangeTopic(new TopicChange(Forum, "delete") { Thread = thread });

        Assert.Equal("400 Bad Request: message thread not found", await SendAsync(thread));
        Assert.Equal("400 Bad Request: TOPIC_ID_INVALID", (await Bot.CallAsync("closeForumTopic", new { chat_id = Forum, message_thread_id = thread })).Refusal);
        Assert.Empty(Telegram.Messages(Forum));
    }

    [Fact]
    public async Task A_topic_is_renamed_and_deleted_by_the_bot()
    {
        var thread = await CreateAsync();

        Assert.True((await Bot.CallAsync("editForumTopic", new { chat_id = Forum, message_thread_id = thread, name = "Ticket 2" })).Ok);
        Assert.Equal("Ticket 2", Telegram.Messages(Forum)[^1].ForumTopicEdited!.Name);
        Assert.True((await Bot.CallAsync("deleteForumTopic", new { chat_id = Forum, message_thread_id = thread })).Ok);
        Assert.Equal("400 Bad Request: message thread not found", await SendAsync(thread));
    }

    [Theory]
    [InlineData(128, "accepted")]
    [InlineData(129, "400 Bad Request: topic name is too long: at most 128 characters")]
    [InlineData(0, "400 Bad Request: parameter \"name\" is required")]
    public async Task A_name_has_1_to_128_characters(int length, string outcome) =>
        Assert.Equal(outcome, (await Bot.CallWithFormAsync("createForumTopic", ("chat_id", Forum.ToString()), ("name", new string('a', length)))).Refusal);

    [Fact]
    public async Task Topics_need_a_forum_and_the_right()
    {
        Assert.Equal("400 Bad Request: the chat is not a forum", (await Bot.CallAsync("createForumTopic", new { chat_id = Group, name = "a" })).Refusal);

        Telegram.SetMember(new MembershipChange(Forum, "administrator") { Bot = 0, CanManageTopics = false });

        Assert.Equal("400 Bad Request: not enough rights to create a topic", (await Bot.CallAsync("createForumTopic", new { chat_id = Forum, name = "a" })).Refusal);
    }
}
