using System.Globalization;

namespace Support.FunctionsHost.Timers;

/// <summary>One field of a schedule: which of its numbers match.</summary>
internal sealed class ScheduleField
{
    private readonly bool[] _matches;

    private ScheduleField(bool[] matches) => _matches = matches;

    public bool Matches(int value) => _matches[value];

    /// <summary>*, 5, 1-5, */10, 1-30/10, 5/10 (from 5 to the end), or a list of such parts.</summary>
    public static ScheduleField Parse(string text, string name, int least, int most)
    {
        var matches = new bool[most + 1];
        foreach (var part in text.Split(','))
        {
            var (from, to, step) = Range(part, name, least, most);
            for (var value = from; value <= to; value += step)
                matches[value] = true;
        }

        return new ScheduleField(matches);
    }

    private static (int From, int To, int Step) Range(string part, string name, int least, int most)
    {
        var halves = part.Split('/');
        var ends = halves[0].Split('-');
        if (halves.Length > 2 || ends.Length > 2)
            throw new FormatException($"has '{part}' as {name}; a part is *, a number, a range a-b, or one of these with /step");

        var step = halves.Length == 2 ? Number(halves[1], $"step of the {name}", 1, most) : 1;
        if (halves[0] == "*")
            return (least, most, step);
        var from = Number(ends[0], name, least, most);
        var to = ends.Length == 2 ? Number(ends[1], name, least, most) : halves.Length == 2 ? most : from;
        return from <= to ? (from, to, step) : throw new FormatException($"has '{part}' as {name}; the range ends before it begins");
    }

    private static int Number(string text, string name, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"has '{text}' as {name}; it must be a number from {least} to {most}");
}
