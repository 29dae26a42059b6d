using Spectre.Console;

namespace Support.Server.Supervisor;

/// <summary>What the person at the terminal reads.</summary>
internal static class Screen
{
    /// <summary>Lines keep their length, and have no colours, where nobody looks at a window: in a pipe or a journal.</summary>
    public static void Prepare()
    {
        if (!Console.IsOutputRedirected)
            return;

        AnsiConsole.Profile.Width = 1000;
        AnsiConsole.Profile.Capabilities.Ansi = false;
        AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
    }

    public static void Say(string line) => AnsiConsole.WriteLine(line);

    public static void Warn(string line)
    {
        if (Console.IsErrorRedirected)
            Console.Error.WriteLine(line);
        else
            AnsiConsole.MarkupLineInterpolated($"[yellow]{line}[/]");
    }
}
