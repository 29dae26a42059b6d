using Support.Conversations;
using Support.Tickets;

namespace Support.Reports;

/// <summary>The report as the admins read it on a telephone: a figure a line, and no line without something to say.</summary>
internal sealed class ReportText(string language, Week week, WeekFigures figures, WeekFigures? before)
{
    private const int MostNumbers = 10;

    private readonly List<string> _lines = [];

    /// <param name="staleAfter">How long nobody has touched the tickets that are named for it.</param>
    public string Html(OpenWork work, IReadOnlyList<CommonReason> reasons, TimeSpan staleAfter, DateTimeOffset now)
    {
        Add("report.title", Numbers.Day(language, week.Monday), Numbers.Day(language, week.Monday.AddDays(6)));
        if (before is not null)
            Add("report.compared");
        _lines.Add("");
        Questions();
        _lines.Add("");
        Tickets(work, staleAfter, now);
        if (reasons.Count > 0)
            _lines.Add("");
        Reasons(reasons);
        Rest();
        return string.Join('\n', _lines);
    }

    private void Questions()
    {
        Add("report.questions", Compared(figures.Questions, before?.Questions));
        Add("report.answered", Shared(figures.Answered, before?.Answered));
        if (figures.Choices > 0)
            Add("report.choices", Shared(figures.Choices, before?.Choices), Numbers.Count(language, figures.Chosen));
        if (figures.AskedBack > 0)
            Add("report.asked.back", Shared(figures.AskedBack, before?.AskedBack));
        Add("report.handed.over", Shared(figures.HandedOver, before?.HandedOver));
        if (figures.Helpful + figures.Unhelpful > 0)
            Add("report.feedback", Compared(figures.Helpful, before?.Helpful), Compared(figures.Unhelpful, before?.Unhelpful));
    }

    private void Tickets(OpenWork work, TimeSpan staleAfter, DateTimeOffset now)
    {
        Add("report.tickets", Compared(figures.Opened, before?.Opened), Compared(figures.Closed, before?.Closed), Numbers.Count(language, work.Open));
        if (figures.FirstReplyMinutes is { } minutes)
            Add(before?.FirstReplyMinutes is null ? "report.first.reply" : "report.first.reply.before", Time(minutes), Time(before?.FirstReplyMinutes ?? 0));
        if (work is { LongestNumber: { } number, LongestSince: { } since })
            Add("report.longest", number, Durations.Html(language, now.UtcDateTime - since));
        if (work.Untouched.Count > 0)
            Add("report.untouched", Durations.Html(language, staleAfter), Untouched(work.Untouched));
    }

    private string Untouched(IReadOnlyList<int> numbers)
    {
        var named = string.Join(", ", numbers.Take(MostNumbers).Select(n => Phrases.Plain(language, "ticket.number", n)));
        return numbers.Count > MostNumbers ? named + " " + Phrases.Plain(language, "tickets.more", numbers.Count - MostNumbers) : named;
    }

    private void Reasons(IReadOnlyList<CommonReason> reasons)
    {
        if (reasons.Count > 0)
            Add("report.reasons");
        foreach (var (index, reason) in reasons.Index())
            _lines.Add($"{index + 1}. {Phrases.Html(language, "reason." + reason.Reason)} – {Numbers.Count(language, reason.Count)}");
    }

    private void Rest()
    {
        if (figures.Documents + figures.DeadLetters + figures.InDoubt > 0)
            _lines.Add("");
        if (figures.Documents > 0)
            Add("report.documents", Numbers.Count(language, figures.Documents));
        if (figures.DeadLetters > 0)
            Add("report.dead.letters", Numbers.Count(language, figures.DeadLetters));
        if (figures.InDoubt > 0)
            Add("report.in.doubt", Numbers.Count(language, figures.InDoubt));
    }

    private void Add(string key, params ReadOnlySpan<object?> values) => _lines.Add(Phrases.Html(language, key, values));

    private string Compared(long now, long? then) =>
        Numbers.Count(language, now) + (then is { } earlier ? $" ({Numbers.Difference(language, now, earlier)})" : "");

    private string Shared(long now, long? then)
    {
        var share = Numbers.Share(language, now, figures.Questions);
        return $"{Numbers.Count(language, now)} · {share}" + (then is { } earlier ? $" ({Numbers.Difference(language, now, earlier)})" : "");
    }

    private string Time(double minutes) =>
        minutes < 60 ? Phrases.Plain(language, "minutes", Numbers.Decimal(language, Math.Ceiling(minutes))) : Phrases.Plain(language, "hours", Numbers.Decimal(language, minutes / 60));
}
