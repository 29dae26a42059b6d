using Support.Knowledge;
using Support.Retrieval;

namespace Support.Bench.Speed.Search;

/// <summary>Questions that were written to hurt: each must be answered or declined like any other.</summary>
internal static class HostileQuestions
{
    private const int Times = 20;
    private const int Letters = 4_000;

    /// <returns>Milliseconds of processor time of each; a collection of garbage that falls into one is its own.</returns>
    public static Dictionary<string, object?> Ask(TenantIndex index, IReadOnlyList<string> questions)
    {
        var figures = new Dictionary<string, object?>(StringComparer.Ordinal);
        // What was measured before left garbage that is not theirs.
        GC.Collect();
        foreach (var (name, question) in All(questions))
        {
            index.Search(question, Audience.Customers);
            var used = new double[Times];
            for (var i = 0; i < Times; i++)
            {
                var start = ThreadClock.Milliseconds();
                index.Search(question, Audience.Customers);
                used[i] = ThreadClock.Milliseconds() - start;
            }
            var times = new Latencies(used);
            figures[name] = new { p50_ms = times.At(.5), slowest_ms = times.At(1) };
        }
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var (_, question) in All(questions))
            index.Search(question, Audience.Customers);
        figures["grown_kb"] = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024;
        return figures;
    }

    private static IEnumerable<(string Name, string Question)> All(IReadOnlyList<string> questions)
    {
        yield return ("real_words_4000", string.Join(' ', questions)[..Letters]);
        yield return ("unknown_words_4000", string.Join(' ', Enumerable.Range(0, 800).Select(i => $"щф{(char)('а' + i % 32)}{(char)('а' + i / 32)}ыъ"))[..Letters]);
        yield return ("one_letter_4000", new string('щ', Letters));
        yield return ("emoji", "🙂");
        yield return ("control_characters", "\0\u0001\u0007\u001B\u007F");
        yield return ("right_to_left", "\u202E" + string.Concat(Enumerable.Repeat("איך לשלם ", 400)));
        yield return ("one_word_10000_times", string.Join(' ', Enumerable.Repeat("оплата", 10_000)));
    }
}
