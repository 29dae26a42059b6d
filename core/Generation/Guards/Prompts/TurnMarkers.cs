using System.Text.RegularExpressions;

namespace Support.Generation.Guards;

/// <summary>Marks by which models tell the turns of a conversation and the parts of a prompt. In a customer's or document's text they are forged, and in an answer they leaked.</summary>
internal static class TurnMarkers
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex Markers = new(
        @"<\|[^|>\n]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?(?:passages?|question|conversation|documents?|system|context|instructions?|assistant|user|human|prompt|data|policy|rules?|s|tool_call|function_call|sources?|start_of_turn|end_of_turn)(?: [^>\n]{0,80})?/?>",
        Options);

    private static readonly Regex Heading = new(
        @"(?:^|\n)[ \t>*_]*(?:#{1,6} ?|={2,} ?|-{3,} ?)(?:\[?(?:new |end of |begin |start )?(?:system|assistant|user|human|instructions?|prompt|developer|context|система|инструкци[ия]|ассистент|системн[а-я]+ [а-я]+|конец [а-я]+|новые [а-я]+))\b",
        Options);

    private static readonly Regex Role = new(
        @"(?:^|\n)(?<before>[ \t>*_\-""'«]*)(?<role>system|assistant|user|human|developer|ai|bot|система|ассистент|пользователь|разработчик|системное сообщение|system message|system prompt|бот)(?<after>[ \t*_""']*(?:\([^)\n]{0,30}\))?[ \t]*)[:：]",
        Options);

    private static readonly Regex Keys = new(@"[""'](?<key>answer|citations|answerable|missing|role|content|verdict|supported)[""'](?<space>\s{0,4}):", Options);

    private static readonly Regex PromptTalk = new(
        @"(?:system prompt|my (?:\w+ )?(?:prompt|instructions)|i was (?:told|instructed) to|i am instructed|системн\p{L}* (?:промпт|промт|инструкци|сообщени)|мо(?:й|и|их|ем) (?:\p{L}+ )?(?:промпт|промт|инструкци)|мне (?:было )?(?:велено|приказано|поручено))",
        Options);

    /// <returns>A marker, or talk about the prompt, that is not quoted from a cited passage; null when there is none.</returns>
    public static string? Find(string answer, IReadOnlyList<string> citedTexts)
    {
        var seen = SeenText.Of(answer).Text;
        foreach (var shape in (ReadOnlySpan<Regex>)[Markers, Heading, Role, PromptTalk])
            foreach (Match match in shape.Matches(LookAlikes.Unmix(seen)))
                if (!citedTexts.Any(text => text.Contains(match.Value.Trim(), StringComparison.OrdinalIgnoreCase)) || shape == Markers)
                    return match.Value.Trim();
        return null;
    }

    public static bool AreIn(string text) => Markers.IsMatch(text) || Heading.IsMatch(text) || Role.IsMatch(text);

    /// <summary>The text with each marker broken, so that it reads the same to people and marks nothing.</summary>
    public static string Neutralize(string text)
    {
        var neutral = Markers.Replace(text, match => match.Value.Replace('<', '‹').Replace('>', '›').Replace('[', '(').Replace(']', ')'));
        neutral = Heading.Replace(neutral, match => match.Value.Replace("#", "", StringComparison.Ordinal).Replace("=", "", StringComparison.Ordinal).Replace("---", "", StringComparison.Ordinal));
        neutral = Role.Replace(neutral, match => match.Value[..^1] + " -");
        return Keys.Replace(neutral, "${key}${space} -");
    }
}
