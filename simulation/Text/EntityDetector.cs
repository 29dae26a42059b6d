using System.Text.RegularExpressions;
using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>Finds what Telegram marks by itself in anybody's text: commands, mentions, addresses of pages and of mail.</summary>
internal static partial class EntityDetector
{
    public static FormattedText Detect(FormattedText text)
    {
        if (text.Text.AsSpan().IndexOfAny('/', '@') < 0)
            return text;
        var found = new List<MessageEntity>();
        Collect(Url().Matches(text.Text), "url", text.Entities, found);
        Collect(Email().Matches(text.Text), "email", text.Entities, found);
        Collect(Command().Matches(text.Text), "bot_command", text.Entities, found);
        Collect(Mention().Matches(text.Text), "mention", text.Entities, found);
        if (found.Count == 0)
            return text;
        return text with { Entities = [.. text.Entities.Concat(found).OrderBy(entity => entity.Offset).ThenByDescending(entity => entity.Length)] };
    }

    private static void Collect(MatchCollection matches, string type, IReadOnlyList<MessageEntity> given, List<MessageEntity> found)
    {
        foreach (Match match in matches)
        {
            var taken = given.Any(entity => entity.Type is "code" or "pre" or "text_link" or "text_mention" && Overlaps(entity, match))
                || found.Exists(entity => Overlaps(entity, match));
            if (!taken)
                found.Add(new MessageEntity(type, match.Index, match.Length));
        }
    }

    private static bool Overlaps(MessageEntity entity, Match match) =>
        match.Index < entity.Offset + entity.Length && entity.Offset < match.Index + match.Length;

    [GeneratedRegex(@"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])", RegexOptions.CultureInvariant)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();

    [GeneratedRegex(@"https?://[^\s<>""]+[^\s<>"".,;:!?)\]']", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex(@"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?![\w-])", RegexOptions.CultureInvariant)]
    private static partial Regex Email();
}
