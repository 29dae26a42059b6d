using System.Globalization;
using Spectre.Console;
using Support.Conversations;
using Support.Replay;
using Support.Server.Supervisor;
using Support.Tickets;

namespace Support.Server.Commands;

/// <summary>A replayed history on the terminal: the sentence, who was taken for staff, and the questions.</summary>
internal static class ReplayReport
{
    private const int LongestCell = 240;

    public static void Show(Replayed replayed)
    {
        if (replayed.Trouble is { } trouble)
            Screen.Warn(trouble);
        Screen.Say(Sentence(replayed));
        if (Staff(replayed) is { } staff)
            Screen.Say(staff);
        if (replayed.Questions.Count == 0)
            return;

        var table = new Table().AddColumns("When", "", "Question", "The bot would say", "A person answered");
        table.Border(Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded);
        table.ShowRowSeparators = !Console.IsOutputRedirected;
        foreach (var question in replayed.Questions)
            table.AddRow(
                question.At is { } at ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "",
                Does(question),
                Cell(question.Question),
                Says(question),
                Cell(question.Answered.Length == 0 ? "(a file)" : question.Answered));
        AnsiConsole.Write(table);
        Screen.Say("Handed over means: the answer is not in your documents, or the bot is not sure enough. Add what is missing and replay again. `--label` asks you which are right.");
    }

    public static string Sentence(Replayed replayed) => replayed.Questions.Count == 0
        ? $"No question that a person answered was found in {replayed.Messages:N0} messages of {replayed.Chats:N0} chats."
        : $"Of your last {replayed.Questions.Count:N0} questions I would answer {replayed.Answered:N0}, ask back on {replayed.AskedBack:N0}, hand over {replayed.HandedOver:N0}."
            + (replayed.Found > replayed.Questions.Count ? $" (The file holds {replayed.Found:N0}; `--last` takes more.)" : "");

    private static string? Staff(Replayed replayed)
    {
        var taken = replayed.Staff.Where(one => one.IsStaff).ToList();
        var others = replayed.Staff.Where(one => !one.IsStaff).ToList();
        if (taken.Count == 0 && others.Count == 0)
            return null;
        return (taken.Count == 0 ? "Nobody was taken for your staff." : $"Taken for your staff: {Names(taken)}.")
            + (others.Count > 0 ? $" Not taken: {Names(others)}." : "")
            + " If that is wrong, name them: --staff \"Name\".";
    }

    private static string Names(IEnumerable<StaffMember> people) => string.Join(", ", people.Select(one => $"{one.Name ?? one.Id} ({one.People} people)"));

    private static string Does(ReplayedQuestion question) => question.Decision switch
    {
        "answer" => "[green]answer[/]",
        "escalate" => "[yellow]hand over[/]",
        _ => "ask back",
    } + (question.Verdict is { } verdict ? $"\n[grey]{verdict}[/]" : "");

    private static string Says(ReplayedQuestion question) => (question.Decision, question.Passage) switch
    {
        ("escalate", null) => $"[grey]{Reason(question)}[/]",
        ("escalate", { } passage) => $"[grey]{Reason(question)}; nearest: {Cell(passage.Title)}{(passage.Title.StartsWith(passage.Source, StringComparison.Ordinal) ? "" : $" ({Cell(passage.Source)})")}[/]",
        (_, { } passage) => $"{Cell(question.Says ?? "")}\n[grey]{Cell(passage.Source)}[/]",
        _ => Cell(question.Says ?? ""),
    };

    private static string Reason(ReplayedQuestion question) => Markup.Escape(Phrases.Plain("en", "reason." + question.Reason));

    private static string Cell(string text) => Markup.Escape(Excerpt.Line(text, LongestCell));
}
