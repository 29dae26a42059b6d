using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace Support.Bench.Speed.Scale;

/// <summary>
/// How PostgreSQL carried out the very statements of each step, those inside functions and of references included: auto_explain writes each
/// plan with the rows it read into PostgreSQL's log, and this reads it there.
/// </summary>
internal sealed partial class PlannedSteps(string logFile, IReadOnlyDictionary<string, string[]> indexes) : Steps
{
    private long _read = new FileInfo(logFile).Length;

    public List<Scan> Scans { get; } = [];

    private const string Indexes =
        """
        select i.relname, array_agg(a.attname::text order by a.attnum) from pg_index x join pg_class i on i.oid = x.indexrelid join pg_attribute a on a.attrelid = i.oid
        where i.relnamespace = 'public'::regnamespace group by i.relname
        """;

    /// <summary>Of connections of the desk's role that are opened from now on.</summary>
    public static async Task<PlannedSteps> BeginAsync(NpgsqlConnection administrator, string logFile)
    {
        var indexes = await administrator.QueryAsync<(string Name, string[] Columns)>(Indexes);
        foreach (var setting in new[]
        {
            "session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0", "auto_explain.log_format = 'json'", "auto_explain.log_nested_statements = on",
            "auto_explain.log_analyze = on", "auto_explain.log_timing = off", "auto_explain.log_buffers = off",
        })
            await administrator.ExecuteAsync($"alter role support set {setting}");
        return new PlannedSteps(logFile, indexes.ToDictionary(index => index.Name, index => index.Columns));
    }

    public override async Task<T> RunAsync<T>(string step, Func<Task<T>> work)
    {
        // What other steps left to the background is not this step's.
        await NewPlansAsync();
        var result = await work();
        foreach (var json in await NewPlansAsync())
        {
            using var plan = JsonDocument.Parse(json);
            var statement = Spaces().Replace(plan.RootElement.GetProperty("Query Text").GetString()!, " ").Trim();
            Read(step, statement, plan.RootElement.GetProperty("Plan"));
        }
        return result;
    }

    private void Read(string step, string statement, JsonElement node)
    {
        var type = node.GetProperty("Node Type").GetString()!;
        if (type.EndsWith("Scan", StringComparison.Ordinal) && node.TryGetProperty("Relation Name", out var relation) && !relation.GetString()!.StartsWith("pg_", StringComparison.Ordinal) && Number(node, "Actual Loops") is > 0 and var loops)
        {
            var condition = Text(node, "Index Cond") ?? Text(node, "Recheck Cond") ?? Text(node, "TID Cond");
            var rows = loops * (Number(node, "Actual Rows") + Number(node, "Rows Removed by Filter") + Number(node, "Rows Removed by Index Recheck"));
            Scans.Add(new Scan(step, statement, relation.GetString()!, type, Text(node, "Index Name") ?? IndexBelow(node), condition, rows) { SkipsColumn = Skips(Text(node, "Index Name"), condition) });
        }
        if (node.TryGetProperty("Conflict Arbiter Indexes", out var arbiters))
            Scans.AddRange(arbiters.EnumerateArray().Select(index => new Scan(step, statement, Text(node, "Relation Name")!, "Insert", index.GetString(), "on conflict", 1)));
        if (node.TryGetProperty("Plans", out var below))
            foreach (var child in below.EnumerateArray())
                Read(step, statement, child);
    }

    /// <summary>A later column of the index is asked for and one before it is not: then all entries of the columns in front of that one are looked through, though few rows are read.</summary>
    private bool Skips(string? index, string? condition) =>
        index is not null && condition is not null && indexes.GetValueOrDefault(index) is { } columns
        && columns.SkipWhile(column => IsAsked(column, condition)).Any(column => IsAsked(column, condition));

    private static bool IsAsked(string column, string condition) => condition.Contains($"({column} ", StringComparison.Ordinal);

    /// <summary>Of a bitmap scan, whose indexes stand under it.</summary>
    private static string? IndexBelow(JsonElement node)
    {
        if (!node.TryGetProperty("Plans", out var below))
            return null;
        var names = below.EnumerateArray().Select(child => Text(child, "Index Name") ?? IndexBelow(child)).OfType<string>().ToList();
        return names.Count == 0 ? null : string.Join(" and ", names);
    }

    private static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;

    private async Task<List<string>> NewPlansAsync()
    {
        await using var file = new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = _read;
        using var reader = new StreamReader(file, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        _read = file.Length;
        return [.. Beginning().Split(text).Select(PlanIn).OfType<string>()];
    }

    /// <summary>The JSON of one entry of the log, whose further lines begin with a tab.</summary>
    private static string? PlanIn(string entry) =>
        entry.IndexOf(" plan:\n", StringComparison.Ordinal) is >= 0 and var at ? entry[(at + " plan:\n".Length)..].Replace("\n\t", "\n", StringComparison.Ordinal) : null;

    [GeneratedRegex(@"^(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", RegexOptions.Multiline)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

/// <summary>One way in which a statement came to rows of a table.</summary>
/// <param name="Condition">What the index was asked for; null when all of it was read.</param>
/// <param name="Rows">Rows looked at, kept or not.</param>
internal sealed record Scan(string Step, string Statement, string Table, string Kind, string? Index, string? Condition, double Rows)
{
    public bool SkipsColumn { get; init; }

    /// <summary>Those that grow with customers; of one company's own few rows all may be read.</summary>
    private static readonly string[] Large =
        ["conversation", "message", "question", "outbox", "person", "chat", "ticket", "ticket_event", "document", "document_version", "chunk", "update_seen", "usage_day", "audit", "label"];

    /// <summary>Indexes that hold only what waits: reading all of one is reading what waits.</summary>
    public static readonly string[] OfWhatWaits = ["conversation_due", "outbox_due", "document_version_queued"];

    /// <summary>The whole of a large table was read, in its own order or an index's.</summary>
    public bool IsWhole => Large.Contains(Table) && Kind != "Insert" && Condition is null && !OfWhatWaits.Contains(Index);

    public override string ToString() => $"{Step}: {Kind} on {Table}{(Index is null ? "" : $" by {Index}")}, {Rows.ToString("F0", CultureInfo.InvariantCulture)} rows, in: {(Statement.Length > 160 ? Statement[..160] + "…" : Statement)}";
}
