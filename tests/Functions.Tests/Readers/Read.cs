using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Ingestion.Readers;
using Support.Knowledge;
using Xunit;

namespace Support.Tests.Readers;

/// <summary>Reads files made up in a test.</summary>
internal static class Read
{
    public static DocumentReader Reader(Action<ReaderLimits>? limit = null)
    {
        var limits = new ReaderLimits();
        limit?.Invoke(limits);
        return new DocumentReader(Options.Create(limits), NullLogger<DocumentReader>.Instance);
    }

    public static async Task<Reading> File(string name, byte[] bytes, Action<ReaderLimits>? limit = null) =>
        await Reader(limit).ReadAsync(name, bytes, TestContext.Current.CancellationToken);

    public static Task<Reading> File(string name, string text, Action<ReaderLimits>? limit = null) => File(name, Encoding.UTF8.GetBytes(text), limit);

    public static async Task<ReadDocument> Page(string name, string text) => Assert.Single((await Complete(name, Encoding.UTF8.GetBytes(text))).Documents);

    public static async Task<ReadDocument> Page(string name, byte[] bytes) => Assert.Single((await Complete(name, bytes)).Documents);

    public static Task<Reading.Complete> Complete(string name, string text) => Complete(name, Encoding.UTF8.GetBytes(text));

    public static async Task<Reading.Complete> Complete(string name, byte[] bytes)
    {
        var reading = await File(name, bytes);
        Assert.True(reading is Reading.Complete, (reading as Reading.Refused)?.Reason);
        return (Reading.Complete)reading;
    }

    public static async Task<string> Refusal(string name, byte[] bytes, Action<ReaderLimits>? limit = null) =>
        Assert.IsType<Reading.Refused>(await File(name, bytes, limit)).Reason;

    public static Task<string> Refusal(string name, string text, Action<ReaderLimits>? limit = null) => Refusal(name, Encoding.UTF8.GetBytes(text), limit);

    /// <summary>Blocks in one line each, short enough to compare by eye.</summary>
    public static string Outline(this ReadDocument document) => string.Join('\n', document.Blocks.Select(block => block switch
    {
        Block.Heading heading => $"H{heading.Level} {heading.Text}",
        Block.Paragraph paragraph => $"P {paragraph.Text.Replace("\n", "⏎", StringComparison.Ordinal)}",
        Block.Steps steps => $"{(steps.Numbered ? "OL" : "UL")} {string.Join(" | ", steps.Items.Select(item => item.Replace("\n", "⏎", StringComparison.Ordinal)))}",
        Block.Table table => $"T {string.Join(",", table.Header)} : {string.Join(" ; ", table.Rows.Select(row => string.Join(",", row)))}",
        Block.Code code => $"C {code.Text.Replace("\n", "⏎", StringComparison.Ordinal)}",
        Block.QuestionAndAnswer entry => $"QA {entry.Question} = {entry.Answer.Replace("\n", "⏎", StringComparison.Ordinal)}",
        _ => "?",
    }));
}
