using Support.Contracts;
using Support.Knowledge;
using Support.Retrieval;
using Support.Tenants;
using Support.Tests.Questions;

namespace Support.Tests.Knowledge;

/// <summary>What editors hear of documents that came by no chat.</summary>
public sealed class TellOfDocumentsTests : IAsyncLifetime
{
    private const string Drums = "Сколько стоит барабан?";
    private const string Flutes = "Who repairs a flute?";
    private const long Eve = 4001;
    private const long Yegor = 4002;

    private TalkDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _desk = await TalkDesk.OpenAsync();
        foreach (var editor in new[] { Eve, Yegor })
            await _desk.Get<TenantSetup>().EnsureStaffAsync(_desk.Bot.Tenant, _desk.Bot.Id, editor, false, false, true, CancellationToken.None);
        await ChangeAsync("update person set started_at = now(), language = case id when 4002 then 'ru' else 'en' end where is_editor");
    }

    [Fact]
    public async Task Each_editor_gets_one_message_for_all_that_came_together_in_the_editors_language()
    {
        await EscalateAsync(Drums, Flutes);
        await ComesAsync(Drums);
        await ComesAsync(Flutes);
        _desk.Clock.Advance(TellOfDocuments.Rest);

        await TellAsync();

        var told = await ToldAsync();
        Assert.Equal([Eve, Yegor], told.Select(one => one.Chat));
        Assert.StartsWith("Earlier questions that went to your colleagues, and that the new documents would answer now:", told[0].Html);
        Assert.StartsWith("Прежние вопросы, которые ушли к коллегам и на которые теперь ответили бы новые документы:", told[1].Html);
        Assert.All(told, one => Assert.True(one.Html.Contains(Drums, StringComparison.Ordinal) && one.Html.Contains(Flutes, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task While_more_come_nobody_is_told_but_not_for_ever()
    {
        await EscalateAsync(Drums);
        await ComesAsync(Drums);
        for (var passed = TimeSpan.Zero; passed < TellOfDocuments.Longest; passed += TellOfDocuments.Rest / 2)
        {
            await TellAsync();
            Assert.Empty(await ToldAsync());
            _desk.Clock.Advance(TellOfDocuments.Rest / 2);
            await ComesAsync($"number {passed.TotalMinutes}");
        }

        await TellAsync();

        Assert.Equal(2, (await ToldAsync()).Count);
    }

    [Fact]
    public async Task Of_a_question_the_editors_are_told_once_however_often_its_document_changes()
    {
        // Two customers asked it.
        await EscalateAsync(Drums, Drums);
        for (var time = 0; time < 3; time++)
        {
            await ComesAsync(Drums);
            _desk.Clock.Advance(TellOfDocuments.Rest);
            await TellAsync();
            await TellAsync();
        }
        Assert.Equal(2, (await ToldAsync()).Count);
    }

    [Fact]
    public async Task Documents_that_answer_nothing_of_before_are_told_of_to_nobody_and_not_looked_at_again()
    {
        await EscalateAsync(Flutes);
        await ComesAsync(Drums);
        _desk.Clock.Advance(TellOfDocuments.Rest);
        await TellAsync();

        Assert.Empty(await ToldAsync());
        Assert.Equal(0, await _desk.OneAsync<long>("select count(*) from document_version where untold_since is not null"));
        // What comes later is asked again.
        await ComesAsync(Flutes);
        _desk.Clock.Advance(TellOfDocuments.Rest);
        await TellAsync();
        Assert.Equal(2, (await ToldAsync()).Count);
    }

    [Fact]
    public async Task The_first_documents_of_a_company_that_nobody_asked_cost_no_search()
    {
        await ComesAsync(Drums, Flutes);
        _desk.Clock.Advance(TellOfDocuments.Rest);

        await TellAsync();

        Assert.Empty(_desk.Asked);
        Assert.Equal((0L, 0), (await _desk.OneAsync<long>("select count(*) from document_version where untold_since is not null"), (await ToldAsync()).Count));
    }

    [Fact]
    public async Task Of_what_is_for_staff_or_was_removed_meanwhile_nobody_is_told()
    {
        await EscalateAsync(Drums, Flutes);
        _desk.Finds(Drums, await _desk.PublishAsync(Audience.Staff, (Drums, 1)), 1);
        var removed = await ComesAsync(Flutes);
        await _desk.RemoveAsync(removed[0]);
        _desk.Clock.Advance(TellOfDocuments.Rest);

        await TellAsync();

        Assert.Empty(await ToldAsync());
    }

    [Fact]
    public async Task What_is_interrupted_is_made_up_for()
    {
        await EscalateAsync(Drums);
        await ComesAsync(Drums);
        _desk.Clock.Advance(TellOfDocuments.Rest);
        _desk.Searching = (_, _) => throw new Support.Retrieval.Outside.KnowledgeIndexException("away");
        await Assert.ThrowsAsync<Support.Retrieval.Outside.KnowledgeIndexException>(TellAsync);
        _desk.Searching = null;

        await TellAsync();

        Assert.Equal(2, (await ToldAsync()).Count);
    }

    [Fact]
    public async Task Of_several_processes_that_are_woken_at_once_one_tells()
    {
        await EscalateAsync(Drums);
        await ComesAsync(Drums);
        _desk.Clock.Advance(TellOfDocuments.Rest);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TellAsync()));

        Assert.Equal(2, (await ToldAsync()).Count);
    }

    private Task TellAsync() => _desk.Get<TellOfDocuments>().TellAsync(_desk.Bot.Tenant, CancellationToken.None);

    private async Task EscalateAsync(params string[] questions)
    {
        foreach (var (question, i) in questions.Select((question, i) => (question, i)))
            await _desk.WriteAsync(question, 6001 + i, 6001 + i);
        Assert.Equal(questions.Length, await _desk.OneAsync<long>("select count(*) from ticket where reason in ('nothing_found', 'low_confidence')"));
        _desk.Asked.Clear();
    }

    /// <summary>Published as an upload with the key is, and found for its title from now on.</summary>
    private async Task<IReadOnlyList<Passage>> ComesAsync(params string[] titles)
    {
        var passages = await _desk.PublishAsync(Audience.Customers, [.. titles.Select(title => (title, 1.0))]);
        foreach (var passage in passages)
        {
            _desk.Finds(passage.Title, [passage], 1);
            await _desk.AllAsync<int>("update document_version set untold_since = @now where document_id = @document and untold_since is not null returning 1", new { now = _desk.Clock.GetUtcNow(), document = passage.DocumentId });
        }
        return passages;
    }

    private Task<IReadOnlyList<Told>> ToldAsync() =>
        _desk.AllAsync<Told>("select chat_id as chat, body ->> 'html' as html from outbox where chat_id in (4001, 4002) order by chat_id");

    private Task ChangeAsync(string sql) => _desk.AllAsync<int>(sql + " returning 1");

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private sealed record Told(long Chat, string Html);
}
