using System.Text.Json;
using Support.Generation.Writing;

namespace Support.Tests.Generation.Writing;

public sealed class PartialReplyTests
{
    [Theory]
    [InlineData("Вернуть товар можно за 14 дней [1].")]
    [InlineData("Say \"yes\" \\ or\nno\t🙂 – 50 % {\"answer\":\"no\"}")]
    [InlineData("🙂🙂")]
    [InlineData("")]
    public void However_much_has_come_it_is_the_beginning_of_the_answer(string answer)
    {
        foreach (var reply in new[]
        {
            JsonSerializer.Serialize(new { answerable = true, answer, citations = new[] { 1 }, missing = "" }),
            "```json\n" + JsonSerializer.Serialize(new { citations = new[] { 1 }, missing = "answer", answer }, Readable) + "\n```",
        })
        {
            var before = "";
            for (var length = 0; length <= reply.Length; length++)
            {
                var read = PartialReply.AnswerIn(reply[..length]);
                Assert.StartsWith(before, read, StringComparison.Ordinal);
                Assert.StartsWith(read, answer, StringComparison.Ordinal);
                before = read;
            }
            Assert.Equal(answer, before);
        }
    }

    [Theory]
    [InlineData("I cannot answer that.")]
    [InlineData("{\"answerable\":false,\"missing\":\"the answer\"")]
    [InlineData("{\"answer\":null,\"citations\":[]}")]
    [InlineData("{\"answer\":{\"answer\":\"deeper\"")]
    [InlineData("{\"answer\" \"no colon")]
    public void What_holds_no_answer_gives_none(string reply) => Assert.Equal("", PartialReply.AnswerIn(reply));

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };
}
