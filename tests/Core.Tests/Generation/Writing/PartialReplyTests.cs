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
            "```json\n" + JsonSerializer.Serialize(new { citations = new[] { 1 }, missing = "answer", answerable = true, answer }, Readable) + "\n```",
        })
        {
            var before = "";
            for (var length = 0; length <= reply.Length; length++)
            {
                var read = PartialReply.Of(reply[..length]);
                Assert.StartsWith(before, read.Answer, StringComparison.Ordinal);
                Assert.StartsWith(read.Answer, answer, StringComparison.Ordinal);
                Assert.True(read.IsOpen || read.Answer == answer);
                before = read.Answer;
            }
            Assert.Equal(new PartialReply(answer, IsOpen: false, IsAnswerable: true), PartialReply.Of(reply));
        }
    }

    [Theory]
    [InlineData("{\"answerable\":true,\"answer\":\"It", true)]
    [InlineData("{\"answerable\":false,\"answer\":\"It", false)]
    [InlineData("{\"answer\":\"It", false)]
    public void What_the_model_has_said_before_counts(string reply, bool isAnswerable) => Assert.Equal(new PartialReply("It", IsOpen: true, isAnswerable), PartialReply.Of(reply));

    [Theory]
    [InlineData("I cannot answer that.")]
    [InlineData("{\"answerable\":false,\"missing\":\"the answer\"")]
    [InlineData("{\"answer\":null,\"citations\":[]}")]
    [InlineData("{\"answer\":{\"answer\":\"deeper\"")]
    [InlineData("{\"answer\" \"no colon")]
    [InlineData("{\"answerable\":true,\"answer\":\"half a pair \\ud83d and more")]
    [InlineData("{\"answerable\":true,\"answer\":\"the other half \\ude42 and more")]
    [InlineData("{\"answerable\":true,\"answer\":\"two halves \\ud83d\\u0041\"}")]
    public void What_holds_no_answer_gives_none(string reply) => Assert.Equal("", PartialReply.Of(reply).Answer);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };
}
