using System.Text;
using Support.Hosting;

namespace Support.Tests.Hosting;

/// <summary>What the Functions host posts, as it was captured from a running handler and as its documentation shows it.</summary>
public sealed class EnvelopeTests
{
    private const string Captured =
        """
        {"Data":{"queue":"\"hello!!\""},
         "Metadata":{"DequeueCount":"3","ExpirationTime":"2025-02-25T03:06:19+00:00",
         "Id":"\"52d53c5f-e212-487e-998b-abbe3b9d51e4\"","InsertionTime":"2025-02-18T03:06:19+00:00",
         "NextVisibleTime":"2025-02-18T03:16:20+00:00","PopReceipt":"\"MThGZWIyMDI1MDM6MDY6MjA3NjM1\"",
         "sys":{"MethodName":"queue","RandGuid":"e59556b5-892a-4465-a19d-4396f0978dab","UtcNow":"2025-02-18T03:06:20.7562691Z"}}}
        """;

    [Fact]
    public async Task A_captured_one_gives_message_id_and_count()
    {
        var envelope = await ReadAsync(Captured);
        Assert.Equal(("hello!!", "52d53c5f-e212-487e-998b-abbe3b9d51e4", 3), (envelope!.Text, envelope.Id, envelope.DequeueCount));
    }

    [Theory]
    // As the host's source writes it: a string in a string.
    [InlineData("""{"Data":{"msg":"\"{\\\"text\\\":\\\"Привет\\\",\\\"n\\\":1}\""}}""", """{"text":"Привет","n":1}""")]
    // As a sample in the documentation shows it.
    [InlineData("""{"Data":{"msg":"{\"text\":\"Привет\",\"n\":1}"}}""", """{"text":"Привет","n":1}""")]
    // An object, where somebody unwrapped it.
    [InlineData("""{"Data":{"msg":{"text":"Привет","n":1}}}""", """{"text":"Привет","n":1}""")]
    [InlineData("""{"Data":{"msg":"\"an odd \\\" quote"},"Metadata":{}}""", "\"an odd \\\" quote")]
    [InlineData("""{"Data":{"msg":""}}""", "")]
    public async Task A_message_is_unquoted_as_often_as_it_was_quoted(string body, string text)
    {
        var envelope = await ReadAsync(body);
        Assert.Equal((text, "", 1), (envelope!.Text, envelope.Id, envelope.DequeueCount));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"Data":"text"}""")]
    [InlineData("""{"Data":{}}""")]
    [InlineData("""{"Data":{"msg":"cut off""")]
    public async Task What_is_no_envelope_is_none(string body) => Assert.Null(await ReadAsync(body));

    [Theory]
    [InlineData("\"2\"", 2)]
    [InlineData("2", 2)]
    [InlineData("\"\\\"2\\\"\"", 2)]
    [InlineData("\"many\"", 1)]
    [InlineData("-4", 1)]
    public async Task A_count_is_read_however_it_is_written(string count, int expected) =>
        Assert.Equal(expected, (await ReadAsync("{\"Data\":{\"m\":\"x\"},\"Metadata\":{\"DequeueCount\":" + count + "}}"))!.DequeueCount);

    private static async Task<Envelope?> ReadAsync(string body) => await Envelope.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), CancellationToken.None);
}
