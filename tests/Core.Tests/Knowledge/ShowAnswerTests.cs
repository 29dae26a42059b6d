using Support.Conversations;
using Support.Database;
using Support.Knowledge;
using Support.Tests.Questions;

namespace Support.Tests.Knowledge;

/// <summary>What an editor is shown of a question: what a customer would be told now.</summary>
public sealed class ShowAnswerTests : IAsyncLifetime
{
    private const string Asked = "Return a gift card?";
    private const long Editor = 7002;

    private TalkDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await TalkDesk.OpenAsync();

    [Theory]
    [InlineData("en", "I would ask the customer which is meant:\n• Gift &lt;cards&gt;\n• Returns")]
    [InlineData("ru", "Я спросил бы клиента, что именно он имеет в виду:\n• Gift &lt;cards&gt;\n• Returns")]
    public async Task A_question_that_would_be_met_with_a_choice_is_shown_with_its_titles(string language, string expected)
    {
        await _desk.WriteAsync(Asked);
        _desk.Finds(Asked, await _desk.PublishAsync(Audience.Customers, ("Gift <cards>", 1), ("Returns", .9)), confidence: .3);

        var shown = await ShowAsync(language);

        Assert.Equal("<b>Return a gift card?</b>\n\n" + expected, shown);
    }

    [Fact]
    public async Task A_question_that_would_be_asked_back_is_shown_with_what_would_be_asked()
    {
        await _desk.WriteAsync(Asked);
        _desk.Finds(Asked, [], confidence: 0, contentWords: 0);

        Assert.Equal("<b>Return a gift card?</b>\n\n" + Phrases.Html("en", "ask.more"), await ShowAsync("ru"));
    }

    [Fact]
    public async Task While_the_index_is_away_the_editor_is_told_so_and_not_that_a_person_would_answer()
    {
        await _desk.WriteAsync(Asked);
        _desk.Searching = (_, _) => throw new Support.Retrieval.Outside.KnowledgeIndexException("The index is away.");

        Assert.EndsWith(Phrases.Html("en", "index.away"), await ShowAsync("en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_go_to_a_person_is_shown_as_that()
    {
        await _desk.WriteAsync(Asked);

        Assert.Equal("<b>Return a gift card?</b>\n\n" + Phrases.Html("ru", "document.asked.person"), await ShowAsync("ru"));
    }

    /// <summary>The number stands in the button's data, which a client of one's own may make up.</summary>
    [Fact]
    public async Task A_ticket_that_wanted_no_document_is_not_shown()
    {
        await _desk.WriteAsync("I want to talk to a human");

        Assert.Equal(Phrases.Html("en", "source.gone"), await ShowAsync("en"));
    }

    /// <summary>The one ticket's question, to an editor of this language.</summary>
    private async Task<string> ShowAsync(string language)
    {
        await using (var transaction = await _desk.Get<DeskDatabase>().BeginAsync(_desk.Bot.Tenant, CancellationToken.None))
        {
            var ticket = await transaction.FirstAsync<long>("select id from ticket", null, CancellationToken.None);
            var talk = new KnownConversation(0, Editor, Editor, "Eve", language, null, InGroup: false);
            var shown = await _desk.Get<ShowAnswer>().AskAsync(_desk.Bot.Tenant, ticket, ShowAnswer.OfTicket, CancellationToken.None);
            await ShowAnswer.SayAsync(new UpdateScope(transaction, _desk.Bot, _desk.Clock.GetUtcNow()), talk, shown, CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }
        return await _desk.OneAsync<string>("select body ->> 'html' from outbox where chat_id = @Editor", new { Editor });
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
