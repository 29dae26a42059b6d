using Support.Functions;
using Support.Replay;
using Support.Server.Commands;
using Xunit;

namespace Support.Tests.Commands;

/// <summary>What <c>replay --label</c> takes of the owner's keys.</summary>
public sealed class LabelKeysTests
{
    private static readonly ReplayedQuestion Answered = new(null, "How?", "en", "answer", null, "So.", .8, new ReplayedPassage(1, "a.md", "A", null), "", null);

    private static readonly ReplayedQuestion Offered = Answered with { Decision = "choose", Choices = [new ReplayedChoice(1, "a.md", "A"), new ReplayedChoice(2, "b.md", "B")] };

    [Theory]
    [InlineData("1", "chosen", 1L)]
    [InlineData("2", "chosen", 2L)]
    [InlineData("n", "none", null)]
    public void Of_a_choice_a_number_says_which_is_right(string key, string verdict, long? chosen)
    {
        Assert.Contains(key, LabelKeys.Of(Offered).Keys);
        Assert.Equal(new ReplayLabel("How?", 1, verdict, chosen), LabelKeys.Read(Offered, key));
        Assert.Equal(key, LabelKeys.SaidBefore(Offered with { Verdict = verdict, Chosen = chosen }));
    }

    [Fact]
    public void Of_a_choice_the_passage_that_is_not_shown_cannot_be_judged() =>
        Assert.Empty(LabelKeys.Of(Offered).Keys.Intersect(["r", "p", "w"]));

    [Theory]
    [InlineData("r", "right")]
    [InlineData("p", "partly")]
    [InlineData("w", "wrong")]
    public void Of_an_answer_a_letter_says_whether_it_is_right(string key, string verdict)
    {
        Assert.Contains(key, LabelKeys.Of(Answered).Keys);
        Assert.Equal(new ReplayLabel("How?", 1, verdict), LabelKeys.Read(Answered, key));
        Assert.Equal(key, LabelKeys.SaidBefore(Answered with { Verdict = verdict }));
    }
}
