using Support.Conversations;

namespace Support.Tickets;

/// <summary>How long somebody has waited, as people say it: minutes, from an hour on hours, from two days on days.</summary>
internal static class Durations
{
    public static string Html(string language, TimeSpan time) => time switch
    {
        { TotalMinutes: < 60 } => Phrases.Html(language, "minutes", (int)Math.Max(0, time.TotalMinutes)),
        { TotalHours: < 48 } => Phrases.Html(language, "hours", (int)time.TotalHours),
        _ => Phrases.Html(language, "days", (int)time.TotalDays),
    };
}
