using System.Globalization;
using Support.FunctionsHost.Invocations;
using Support.FunctionsHost.Queues;

namespace Support.Tests.FunctionsHost;

/// <summary>Envelopes against those that were captured from a running handler, letter for letter.</summary>
public sealed class EnvelopeTests
{
    private static readonly QueueMessage Hello = new(
        "52d53c5f-e212-487e-998b-abbe3b9d51e4", "MThGZWIyMDI1MDM6MDY6MjA3NjM1", 1,
        At("2025-02-18T03:06:19Z"), At("2025-02-25T03:06:19Z"), At("2025-02-18T03:16:20Z"), "");

    [Fact]
    public void A_message_is_a_quoted_text_inside_a_text() =>
        Assert.Equal(Payload.Read("queue.json"), Envelope.OfMessage("queue", "queue", Hello, "hello!!", Guid.Parse("e59556b5-892a-4465-a19d-4396f0978dab"), At("2025-02-18T03:06:20.7562691Z")));

    [Fact]
    public void A_message_that_is_JSON_is_quoted_twice_and_keeps_its_letters()
    {
        var envelope = Envelope.OfMessage("f", "msg", Hello, """{"text":"Привет","n":1}""", Guid.Empty, At("2025-02-18T03:06:20Z"));
        Assert.StartsWith(Payload.Read("queue-json.json")[..^1] + ",", envelope, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timer_tells_its_schedule_and_when_it_fired() =>
        Assert.Equal(Payload.Read("timer.json"), Envelope.OfTimer(
            "uk-generation-mix", "myTimer", new TimerStatus(null, At("2024-11-30T14:45:51Z"), At("2024-11-30T14:43:50.403838Z")), pastDue: false,
            Guid.Parse("fa3b2fbc-26ed-4fcb-be75-82db8773b519"), At("2024-11-30T14:43:50.46239Z")));

    [Fact]
    public void A_timer_without_a_monitor_has_no_status() =>
        Assert.Contains("\"ScheduleStatus\":null,\"IsPastDue\":false", Envelope.OfTimer("f", "t", status: null, pastDue: false, Guid.Empty, At("2024-11-30T14:43:50Z")), StringComparison.Ordinal);

    [Fact]
    public void The_values_at_the_top_of_a_JSON_message_stand_in_Metadata_as_texts()
    {
        var metadata = MetadataOf("""{"text":"Привет","n":1,"yes":true,"none":null,"list":[1],"body":{"kept":17},"put":"2026-11-26T10:43:53.123Z","queueTrigger":"x"}""");
        Assert.EndsWith(
            """,{"text":"\"Привет\"","n":"\"1\"","yes":"\"True\"","body":{"kept":17},"put":"\"11/26/2026 10:43:53\""}}""".Replace(",{", ",", StringComparison.Ordinal),
            metadata, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_clashes_overwrites_what_the_host_says()
    {
        var metadata = MetadataOf("""{"id":"mine","DequeueCount":99}""");
        Assert.Contains("""
            "DequeueCount":"\"99\"",
            """.TrimEnd('\n'), metadata, StringComparison.Ordinal);
        Assert.Contains("""
            "Id":"\"mine\"",
            """.TrimEnd('\n'), metadata, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("{broken")]
    [InlineData("")]
    public void A_message_that_is_no_object_adds_nothing(string text) =>
        Assert.EndsWith("\"UtcNow\":\"2025-02-18T03:06:20Z\"}}}", Envelope.OfMessage("f", "msg", Hello, text, Guid.Empty, At("2025-02-18T03:06:20Z")), StringComparison.Ordinal);

    [Fact]
    public void Control_characters_are_escaped_and_emoji_are_not() =>
        Assert.Equal("\"a\\\"\\\\\\n\\r\\t\\u0001\\u2028😀<é\"", HostJson.Quoted("a\"\\\n\r\t\u0001\u2028😀<é"));

    private static string MetadataOf(string text)
    {
        var envelope = Envelope.OfMessage("f", "msg", Hello, text, Guid.Empty, At("2025-02-18T03:06:20Z"));
        return envelope[envelope.IndexOf("\"Metadata\"", StringComparison.Ordinal)..];
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
