using Support.Database;
using Support.Knowledge;
using Support.Questions;
using Support.Tests.Questions;

namespace Support.Tests.Knowledge;

public sealed class AnswerableNowTests : IAsyncLifetime
{
    private TalkDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await TalkDesk.OpenAsync();

    [Fact]
    public async Task The_next_document_waits_no_longer_than_is_said_and_past_questions_have_half_of_the_time()
    {
        var step = TimeSpan.FromSeconds(3);
        var passages = await _desk.PublishAsync(Audience.Customers, [.. Enumerable.Range(0, 30).Select(i => ($"How long is number {i} kept?", 1.0))]);
        var document = passages[0].DocumentId;
        var chunks = passages.Select(passage => new Support.Retrieval.IndexedChunk(passage.ChunkId, document, 1, Audience.Customers, passage.Source, null, passage.Title, passage.Text)).ToList();
        HandedOver[] handedOver = [.. Enumerable.Range(0, 30).Select(i => new HandedOver(i, i, "open", $"Which colour has number {i}?"))];
        DeskNow now;
        await using (var transaction = await _desk.Get<DeskDatabase>().BeginAsync(_desk.Bot.Tenant, CancellationToken.None))
            now = await DeskNow.ReadAsync(transaction, CancellationToken.None);
        _desk.Searching = (_, _) => _desk.Clock.Advance(step);
        var began = _desk.Clock.GetUtcNow();

        await _desk.Get<AnswerableNow>().OfAsync(_desk.Bot.Tenant, now, document, 1, chunks, handedOver, CancellationToken.None);

        Assert.InRange(_desk.Clock.GetUtcNow() - began, AnswerableNow.Patience, AnswerableNow.Patience + step);
        Assert.Contains("Which colour has number 0?", _desk.Asked);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
