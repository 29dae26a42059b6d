using Support.Knowledge;
using Support.Replay;
using Support.Retrieval.Outside;
using Support.Tests.Questions;

namespace Support.Tests.Replay;

public sealed class ReplayWithoutIndexTests : IAsyncLifetime
{
    private const string Lamp = "How do I return a lamp?";

    private TalkDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await TalkDesk.OpenAsync();

    /// <summary>Handed over, and the index goes away before it is asked what customers would read.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_index_that_fails_hands_the_question_over_and_the_rest_is_replayed(int failsAt)
    {
        _desk.Finds(Lamp, await _desk.PublishAsync(Audience.Customers, ("Returns", 1)), confidence: .05);
        var searches = 0;
        _desk.Searching = (question, audience) =>
        {
            if (question == Lamp && audience == Audience.Customers && ++searches == failsAt)
                throw new KnowledgeIndexException("The index is away.");
        };
        var file = new ExportFile().Chat(5).Customer(Lamp).Staff("In two weeks.").Customer("Call a human please", after: 60).Staff("Here I am.");

        var replayed = await _desk.Get<ReplayHistory>().RunAsync(_desk.Bot.Tenant, ExportFile.StreamOf(file.All()), 10, [], CancellationToken.None);

        Assert.Equal(failsAt, searches);
        Assert.Equal(["escalate", "escalate"], replayed.Questions.Select(question => question.Decision));
        Assert.Null(replayed.Questions[1].Passage);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
