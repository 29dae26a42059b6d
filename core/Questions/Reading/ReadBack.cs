using Support.Conversations;
using Support.Generation.Guards;
using Support.Tickets;

namespace Support.Questions.Reading;

/// <summary>The one line that tells the customer what was read, so that a wrong reading can be put right in words.</summary>
internal static class ReadBack
{
    private const int Longest = 200;

    /// <returns>HTML with an empty line after it; empty when nothing was read.</returns>
    public static string Html(string language, IEnumerable<PendingMessage> messages)
    {
        var read = string.Join(" · ", messages.Select(message => message.Reading).Where(reading => !string.IsNullOrEmpty(reading)));
        return read.Length == 0 ? "" : Phrases.Html(language, "read.back", Excerpt.Line(WithoutAddresses(read), Longest)) + "\n\n";
    }

    /// <summary>What a picture says must not become a link of the bot's.</summary>
    private static string WithoutAddresses(string text)
    {
        foreach (var address in Addresses.In(text))
            text = text.Replace(address.Text, "…", StringComparison.OrdinalIgnoreCase);
        return Addresses.In(text).Count == 0 ? text : "…";
    }
}
