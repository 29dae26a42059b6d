using Support.Conversations;
using Support.Knowledge;

namespace Support.Tests.Web;

/// <summary>A source that fails keeps what is published, and somebody is told once.</summary>
public sealed class FailingSourcesTests : SourceDesk
{
    [Fact]
    public async Task A_failing_source_keeps_what_is_published_and_is_told_of_once_and_once_when_it_is_back()
    {
        Sources.Add(Source(Server.Text("/prices.csv", "lamp;3", "\"v1\"")));
        await RunAsync();
        Server.Status("/prices.csv", 500);
        await AfterAsync(TimeSpan.FromHours(1));
        for (var round = 2; round <= 8; round++)
        {
            Assert.Equal(round <= SyncSources.FailuresBeforeTelling ? 0 : 1, (await SaidAsync(Owner)).Count);
            await AfterAsync(TimeSpan.FromMinutes(15));
        }
        Assert.Equal(9, Server.Requests.Count);
        Assert.Equal([Phrases.Html("en", "source.failing", "prices.csv", 4, "its address answers with status 500")], await SaidAsync(Owner));
        Assert.Single(await VersionsAsync());

        Server.Text("/prices.csv", "lamp;3", "\"v1\"");
        await AfterAsync(TimeSpan.FromMinutes(15));
        await AfterAsync(TimeSpan.FromHours(1));

        Assert.Equal(Phrases.Html("en", "source.back", "prices.csv"), (await SaidAsync(Owner))[1]);
        Assert.Equal(2, (await SaidAsync(Owner)).Count);
        Assert.Single(await VersionsAsync());
        Assert.Equal("\"v1\"", Server.Requests.Last().ETag);
    }

    [Fact]
    public async Task Three_failures_and_then_an_answer_are_no_news()
    {
        Sources.Add(Source(Server.Status("/prices.csv", 503)));
        await RunAsync();
        await AfterAsync(TimeSpan.FromMinutes(15));
        await AfterAsync(TimeSpan.FromMinutes(15));
        Server.Text("/prices.csv", "lamp;3");
        await AfterAsync(TimeSpan.FromMinutes(15));

        Assert.Empty(await SaidAsync(Owner));
        Assert.Single(await VersionsAsync());
    }

    [Fact]
    public async Task Editors_whom_the_bot_may_write_to_are_told_instead_of_the_admins_in_their_language()
    {
        await ExecuteAsync($"insert into person (tenant_id, id, language, is_editor, started_at) values ('{Tenant}', {Editor}, 'ru', true, now())");
        Sources.Add(Source(Server.Status("/prices.csv", 404)));
        for (var round = 0; round < SyncSources.FailuresBeforeTelling; round++)
            await AfterAsync(TimeSpan.FromMinutes(15));

        Assert.Empty(await SaidAsync(Owner));
        Assert.StartsWith("«prices.csv» не удалось получить", Assert.Single(await SaidAsync(Editor)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_brought_again_and_again_but_told()
    {
        Sources.Add(Source(Server.Text("/prices.csv", "broken")));
        await RunAsync();
        await ExecuteAsync("""update document_version set state = 'refused', bytes = '', report = '{"reason": "prices.csv holds no text."}'""");
        await AfterAsync(TimeSpan.FromHours(1));
        for (var round = 0; round < 3; round++)
            await AfterAsync(TimeSpan.FromMinutes(15));

        Assert.Single(await VersionsAsync());
        Assert.Contains("cannot be read: prices.csv holds no text.", Assert.Single(await SaidAsync(Owner)), StringComparison.Ordinal);
    }
}
