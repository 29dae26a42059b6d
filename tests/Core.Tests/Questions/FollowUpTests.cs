using Support.Knowledge;
using Support.Retrieval;

namespace Support.Tests.Questions;

/// <summary>Messages that say nothing on their own.</summary>
public sealed class FollowUpTests : IAsyncLifetime
{
    private const string Asked = "How do I return a lamp?";
    private const string Whole = Asked + "\nwhy so?";

    private TalkDesk _desk = null!;
    private IReadOnlyList<Passage> _passages = [];

    public async ValueTask InitializeAsync()
    {
        _desk = await TalkDesk.OpenAsync();
        _passages = await _desk.PublishAsync(Audience.Customers, ("Lamps", 1), ("Why lamps come back", .5), ("Delivery", .4));
        _desk.Finds(Asked, _passages, .9);
    }

    [Fact]
    public async Task It_is_looked_for_with_the_question_before_it()
    {
        await _desk.WriteAsync(Asked);
        _desk.Finds(Whole, [_passages[1], _passages[2]], .9);

        var answer = (await _desk.WriteAsync("why so?"))[^1];

        Assert.Contains(TalkDesk.TextOf("Why lamps come back"), answer.Html, StringComparison.Ordinal);
        Assert.Equal(("why so?", Whole), await _desk.OneAsync<(string, string)>("select text, trace ->> 'searched' from question order by id desc limit 1"));
    }

    [Fact]
    public async Task What_was_shown_is_not_shown_again_what_is_unclear_is_asked_once_and_then_a_person_is()
    {
        await _desk.WriteAsync(Asked);
        _desk.Finds(Whole, _passages, .9);
        _desk.Finds(Whole + "\nso?", _passages, .9);

        Assert.Contains("What exactly is unclear", (await _desk.WriteAsync("why so?"))[^1].Html, StringComparison.Ordinal);
        Assert.Contains("colleague", (await _desk.WriteAsync("so?"))[^1].Html, StringComparison.Ordinal);

        Assert.Equal(["answer", "ask_back", "escalate"], await _desk.AllAsync<string>("select decision from question order by id"));
        // The admins see what it was about.
        Assert.Equal((Whole + "\nso?", "repeated"), await _desk.OneAsync<(string, string)>("select question, reason from ticket"));
    }

    [Fact]
    public async Task After_not_helpful_both_passages_count_as_shown()
    {
        var answer = (await _desk.WriteAsync(Asked))[^1];
        await _desk.PressAsync(answer, ":down");
        _desk.Finds(Whole, [_passages[1], _passages[2]], .9);

        Assert.Contains("What exactly is unclear", (await _desk.WriteAsync("why so?"))[^1].Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_an_hour_later_it_is_met_with_a_question_back()
    {
        await _desk.WriteAsync(Asked);
        _desk.Clock.Advance(TimeSpan.FromMinutes(31));
        _desk.Asked.Clear();

        Assert.Contains("did not understand the question yet", (await _desk.WriteAsync("why so?"))[^1].Html, StringComparison.Ordinal);
        Assert.Equal(["why so?"], _desk.Asked);
    }

    [Fact]
    public async Task What_comes_between_and_was_not_looked_for_does_not_count()
    {
        await _desk.WriteAsync(Asked);
        await _desk.WriteAsync("thanks");
        _desk.Finds(Whole, [_passages[1]], .9);

        Assert.Contains(TalkDesk.TextOf("Why lamps come back"), (await _desk.WriteAsync("why so?"))[^1].Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("why so?")]
    [InlineData("100 %")]
    [InlineData("x")]
    [InlineData("😡")]
    [InlineData("что?")]
    public async Task Without_a_question_before_it_is_never_answered_and_the_third_time_a_person_is_asked(string words)
    {
        // Even a passage that would be sure.
        _desk.Finds(words, _passages, .99, contentWords: ReadQuestion.Of(Support.Text.Tokenizer.Tokens(words)).ContentWords);
        await _desk.WriteAsync(words);
        await _desk.WriteAsync(words);
        await _desk.WriteAsync(words);

        Assert.Equal(["ask_back", "ask_back", "escalate"], await _desk.AllAsync<string>("select decision from question order by id"));
    }

    [Theory]
    [InlineData("👍")]
    [InlineData("👍🏽")]
    [InlineData("спасибо ❤️")]
    public async Task A_sign_of_thanks_is_met_as_thanks_are(string words)
    {
        await _desk.WriteAsync(Asked);

        var welcome = (await _desk.WriteAsync(words))[^1].Html;
        Assert.True(welcome.Contains("welcome", StringComparison.Ordinal) || welcome.Contains("Пожалуйста", StringComparison.Ordinal), welcome);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
