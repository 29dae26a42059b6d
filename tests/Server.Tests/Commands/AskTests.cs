using Support.Server.Commands;
using Xunit;

namespace Support.Tests.Commands;

public sealed class AskTests
{
    [Fact]
    public void Without_labels_the_confidence_is_a_word_and_with_them_a_percentage()
    {
        var said = new AskAnswer("answer", "Yes.", .81, null, null, null, null, "high");

        Assert.Equal(", confidence high", Ask.Sure(said));
        Assert.Equal(", right with 93 %", Ask.Sure(said with { Probability = .93 }));
    }
}
