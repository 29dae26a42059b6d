using Xunit;

namespace Support.Tests.Readers;

public sealed class JsonRecordsTests
{
    [Fact]
    public async Task Lines_are_records()
    {
        var reading = await Read.Complete("kb.jsonl", """
            {"id": "a#1", "title": "Returns", "text": "First:\n1. one\n1. two\nLine", "url": "https://shop.example/r", "kind": "doc"}

            {"id": 2, "question": "Free?", "answer": "Yes.\nAlways."}
            {"id": "c", "title": "", "text": "<p>Some <b>HTML</b></p>"}
            """);

        Assert.Equal(
            [
                ("a#1", "Returns", "https://shop.example/r", "P First:\nOL one | two⏎Line"),
                ("2", "Free?", null, "QA Free? = Yes.⏎Always."),
                ("c", "kb", null, "P Some HTML"),
            ],
            reading.Documents.Select(document => (document.Key, document.Title, document.Link, document.Outline())));
        Assert.Empty(reading.Skipped);
    }

    [Fact]
    public async Task Broken_lines_and_repeated_ids_cost_only_themselves()
    {
        var reading = await Read.Complete("kb.jsonl", """
            {"id": "a", "text": "one"}
            {"id": "b", "text": oops}
            [1, 2]
            {"id": "a", "text": "two"}
            {"id": "c", "title": "Nothing"}
            {"id": "d", "text": "\ud800"}
            {"id": "e", "text": "nul\u0000 here"}
            """);

        Assert.Equal([("a", "P one"), ("e", "P nul here")], reading.Documents.Select(document => (document.Key, document.Outline())));
        Assert.Equal(
            [
                "line 2: not valid JSON at character 21",
                "line 3: not an object with id, title and text",
                "line 4: the id \"a\" is that of line 1",
                "line 5: no text under the title \"Nothing\"",
                "line 6: a broken character escape (\\uD800 to \\uDFFF must come in pairs)",
            ],
            reading.Skipped);
    }

    [Theory]
    [InlineData("""[{"id":"a","text":"one"},{"id":"b","text":"two"}]""")]
    [InlineData("""{"version":1,"articles":[{"id":"a","text":"one"},{"id":"b","text":"two"}]}""")]
    [InlineData("{\"id\":\"a\",\"text\":\"one\"}\n{\"id\":\"b\",\"text\":\"two\"}")]
    public async Task A_json_file_may_hold_an_array_or_lines(string text) =>
        Assert.Equal(["a", "b"], (await Read.Complete("kb.json", text)).Documents.Select(document => document.Key));

    [Theory]
    [InlineData("""[{"id":"a","text":"one"},{"id":"b" """, "kb.json is not valid JSON at line 1")]
    [InlineData("[]", "kb.json has no records")]
    [InlineData("[1]", "kb.json has no record that can be read: record 1: not an object")]
    [InlineData("Dear all", "kb.json is not a JSON file: it starts like plain text")]
    public async Task A_json_file_without_records_is_refused(string text, string reason) =>
        Assert.StartsWith(reason, await Read.Refusal("kb.json", text), StringComparison.Ordinal);

    [Fact]
    public async Task A_record_nested_beyond_reason_is_skipped()
    {
        var reading = await Read.Complete("kb.jsonl", "{\"id\":\"a\",\"text\":\"one\"}\n{\"id\":\"b\",\"x\":" + new string('[', 100_000) + "\n{\"id\":\"c\",\"text\":\"" + new string('[', 100_000) + "\"}\n");

        Assert.Equal(["a"], reading.Documents.Select(document => document.Key));
        Assert.Equal(2, reading.Skipped.Count);
    }
}
