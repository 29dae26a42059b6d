using System.Text;
using Dapper;
using Support.Contracts;
using Support.Database;
using Support.Jobs;
using Support.StorageQueue;

namespace Support.Tests.StorageQueue;

/// <summary>What stands in a message, what of it others may write, and what becomes of messages that nobody can read.</summary>
public sealed class MessagesTests(DrivenAzurite driven) : IClassFixture<DrivenAzurite>, IAsyncLifetime
{
    private StorageDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await StorageDesk.OpenAsync(driven.Azurite.NewAccount(), driven.Azurite.Clock);

    [Fact]
    public async Task A_message_is_plain_json_that_says_when_it_was_put_and_how_often_it_was_tried()
    {
        await _desk.Queue.PutAsync(Queues.Replies, "{\"чат\":7}"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);
        await _desk.Queue.PutAsync(Queues.Questions, new byte[] { 0, 255 }, TimeSpan.Zero, CancellationToken.None);

        Assert.Matches("""^{"attempt":0,"returns":0,"put":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","body":{"text":"{\\"чат\\":7}"}}$""", await TextAsync(Queues.Replies));
        Assert.EndsWith("\"body\":{\"bytes\":\"AP8=\"}}", await TextAsync(Queues.Questions), StringComparison.Ordinal);

        await _desk.Queue.ReturnAsync(Assert.Single(await _desk.TakeAsync()), TimeSpan.Zero, counted: true, CancellationToken.None);
        Assert.StartsWith("{\"attempt\":1,\"returns\":1,", await TextAsync(Queues.Replies), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"body\":{\"text\":\"job\"}}")]
    [InlineData("\n {\"new\":[1], \"body\" : {\"bytes\":\"am9i\"}} ")]
    [InlineData("eyJib2R5Ijp7InRleHQiOiJqb2IifX0=")]
    public async Task What_others_write_in_this_form_is_a_job_in_base64_too(string text)
    {
        await _desk.Client.PutAsync(Queues.Replies, text, TimeSpan.Zero, CancellationToken.None);

        var job = Assert.Single(await _desk.TakeAsync());

        Assert.Equal(("job", 0, 1, null), (Encoding.UTF8.GetString(job.Body.Span), job.Attempt, job.Taken, job.Unreadable));
        Assert.Equal(driven.Azurite.Clock.GetUtcNow(), job.PutAt, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("secret words")]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("[1]")]
    [InlineData("{\"hello\":\"secret words\"}")]
    [InlineData("{\"body\":\"secret words\"}")]
    [InlineData("{\"body\":{}}")]
    [InlineData("{\"body\":{\"text\":null}}")]
    [InlineData("{\"body\":{\"bytes\":\"secret words\"}}")]
    [InlineData("{\"attempt\":\"many\",\"body\":{\"text\":\"secret words\"}}")]
    [InlineData("{\"attempt\":0,\"body\":{\"text\":\"secret words")]
    [InlineData("c2VjcmV0IHdvcmRz")]
    public async Task What_nobody_can_read_becomes_a_dead_letter_with_the_reason_and_blocks_no_other(string text)
    {
        await _desk.Client.PutAsync(Queues.Updates, text, TimeSpan.Zero, CancellationToken.None);
        await _desk.Queue.PutAsync(Queues.Updates, "job"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);

        var handled = new List<string>();
        foreach (var job in await _desk.TakeAsync(Queues.Updates))
            await _desk.Get<JobRunner>().RunAsync(job, (given, _) =>
            {
                handled.Add(Encoding.UTF8.GetString(given.Body.Span));
                return Task.FromResult<Verdict>(Verdict.Finished);
            }, CancellationToken.None);

        Assert.Equal(["job"], handled);
        Assert.Equal(0, await _desk.Client.CountAsync(Queues.Updates, CancellationToken.None));
        var (why, body) = await LetterAsync();
        Assert.StartsWith($"It is no job of this desk: {text.Length} characters", why, StringComparison.Ordinal);
        Assert.Equal(text, body);
        Assert.DoesNotContain("secret words", why + _desk.Log.All);
    }

    [Theory]
    [InlineData(Queues.Questions)]
    [InlineData(Queues.Documents)]
    public async Task What_is_readable_and_means_nothing_becomes_a_dead_letter_too(string queue)
    {
        await _desk.Queue.PutAsync(queue, "[{\"tenant\":1}]"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);

        await _desk.Get<JobRunner>().RunAsync(Assert.Single(await _desk.TakeAsync(queue)), (_, _) => throw new System.Text.Json.JsonException(), CancellationToken.None);

        Assert.Equal("The job cannot be read.", (await LetterAsync()).Why);
        Assert.Equal(0, await _desk.Client.CountAsync(queue, CancellationToken.None));
    }

    [Fact]
    public async Task An_unreadable_message_that_is_given_back_stays_as_it_is()
    {
        await _desk.Client.PutAsync(Queues.Replies, "words", TimeSpan.Zero, CancellationToken.None);
        await _desk.Queue.ReturnAsync(Assert.Single(await _desk.TakeAsync()), TimeSpan.Zero, counted: true, CancellationToken.None);
        Assert.Equal("words", await TextAsync(Queues.Replies));
    }

    [Fact]
    public async Task A_delay_is_rounded_up_to_whole_seconds_and_ends_after_seven_days()
    {
        await _desk.Queue.PutAsync(Queues.Replies, "soon"u8.ToArray(), TimeSpan.FromSeconds(300.2), CancellationToken.None);
        await _desk.Queue.PutAsync(Queues.Questions, "far"u8.ToArray(), TimeSpan.FromDays(30), CancellationToken.None);

        await driven.Azurite.ElapseAsync(TimeSpan.FromSeconds(300.2));
        Assert.Empty(await _desk.TakeAsync());
        await driven.Azurite.ElapseAsync(TimeSpan.FromSeconds(0.8));
        Assert.Single(await _desk.TakeAsync());

        await driven.Azurite.ElapseAsync(TimeSpan.FromDays(7));
        Assert.Single(await _desk.TakeAsync(Queues.Questions));
    }

    [Fact]
    public async Task While_the_process_stops_a_verdict_is_still_kept()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await _desk.Queue.PutAsync(Queues.Replies, "job"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);

        await _desk.Queue.ReturnAsync(Assert.Single(await _desk.TakeAsync()), TimeSpan.Zero, counted: false, stopped.Token);
        await _desk.Queue.CompleteAsync(Assert.Single(await _desk.TakeAsync()), stopped.Token);

        Assert.Equal(0, await _desk.Client.CountAsync(Queues.Replies, CancellationToken.None));
    }

    [Fact]
    public async Task A_job_of_the_functions_host_goes_on_as_a_new_message()
    {
        var text = "{\"attempt\":2,\"returns\":1,\"put\":\"2026-11-26T10:43:53.123Z\",\"body\":{\"text\":\"job\"}}";
        var held = await _desk.Queue.ReadAsync(Queues.Replies, "1", text, 5, CancellationToken.None);
        Assert.Equal(("1", "", 2, 5, 3), (held.Id, held.Receipt, held.Attempt, held.Taken, held.Deaths));

        await _desk.Queue.PutAgainAsync(held, TimeSpan.FromSeconds(30), counted: true, CancellationToken.None);
        Assert.Empty(await _desk.TakeAsync());
        await driven.Azurite.ElapseAsync(TimeSpan.FromSeconds(30));

        var job = Assert.Single(await _desk.TakeAsync());
        Assert.Equal(("job", 3, 1, 3), (Encoding.UTF8.GetString(job.Body.Span), job.Attempt, job.Taken, job.Deaths));
        Assert.Equal(held.PutAt, job.PutAt);
    }

    [Fact]
    public async Task A_message_of_the_functions_host_that_nobody_can_read_is_refused_with_the_reason()
    {
        var refused = await Assert.ThrowsAsync<UnreadableMessageException>(() => _desk.Queue.ReadAsync(Queues.Replies, "1", "secret words", 1, CancellationToken.None).AsTask());
        Assert.Contains("no job of this desk: 12 characters", refused.Message);
        Assert.False(refused.IsFinished);
    }

    private async Task<string> TextAsync(string queue) => Assert.Single(await _desk.Client.PeekAsync(queue, 32, CancellationToken.None)).Text;

    private async Task<(string Why, string Body)> LetterAsync()
    {
        await using var connection = await _desk.Get<DeskDatabase>().Source.OpenConnectionAsync();
        var (why, body) = Assert.Single(await connection.QueryAsync<(string, byte[])>("select why, body from dead_letter"));
        return (why, Encoding.UTF8.GetString(body));
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
