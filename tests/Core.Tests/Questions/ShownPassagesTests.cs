using Support.Questions;
using Xunit;

namespace Support.Tests.Questions;

public sealed class ShownPassagesTests
{
    private static readonly CitedPassage[] Found = [Of(1, "Payment"), Of(2, "Delivery / Prices"), Of(3, ""), Of(4, "Delivery / Prices"), Of(5, "Payment")];

    [Theory]
    [InlineData(null, "1 2 3 4 5")]
    [InlineData(ShownPassages.NoneOfThese, "1 2 3 4 5")]
    // Whoever chose "Delivery / Prices" wants the rest of it next, not the first passage that was not meant.
    [InlineData(1, "2 4 1 3 5")]
    [InlineData(2, "3 1 2 4 5")]
    public void After_the_chosen_passage_comes_what_else_stands_under_its_title(int? chosen, string order)
    {
        var trace = new QuestionTrace { Offered = [0, 1, 2] };
        Assert.Equal(order, string.Join(' ', ShownPassages.InOrder(Found, trace, chosen).Select(passage => passage.Chunk)));
    }

    private static CitedPassage Of(long chunk, string title) => new(chunk, 1, 1, "a.md", title, null, 1, false);
}
