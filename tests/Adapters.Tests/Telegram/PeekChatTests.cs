using System.Text;
using Support.Telegram;
using Xunit;

namespace Support.Tests.Telegram;

public sealed class PeekChatTests
{
    [Theory]
    [InlineData("""{"update_id":1,"message":{"message_id":5,"from":{"id":9},"chat":{"type":"private","id":7}}}""", 7L)]
    [InlineData("""{"update_id":1,"edited_message":{"reply_to_message":{"chat":{"id":8}},"chat":{"photo":{"id":3},"id":-100}}}""", -100L)]
    [InlineData("""{"my_chat_member":{"chat":{"id":7}},"update_id":1}""", 7L)]
    [InlineData("""{"update_id":1,"callback_query":{"id":"1","from":{"id":9},"message":{"chat":{"id":7}}}}""", null)]
    [InlineData("""{"update_id":1,"message":{"chat":{"id":"seven"}}}""", null)]
    [InlineData("""{"update_id":1,"message":{"chat":[{"id":7}]}}""", null)]
    [InlineData("""{"update_id":1}""", null)]
    public void The_chat_is_that_of_the_message_itself(string update, long? chat) => Assert.Equal(chat, UpdateReader.PeekChat(Encoding.UTF8.GetBytes(update)));
}
