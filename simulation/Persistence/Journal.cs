using System.Text.Json;
using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>
/// A file of one JSON line per change. Each line is handed to the operating system at once, so a killed process loses nothing;
/// a machine that loses power may. At the start the file is read and rewritten with only what still matters.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const string FileName = "simulation.jsonl";

    // Below this, reading it all at the next start takes a second at most.
    private const long WorthRewriting = 64 * 1024 * 1024;

    private readonly string _path;
    private readonly MemoryStream _line = new();
    private readonly Utf8JsonWriter _writer;
    private FileStream? _file;
    private long _compactLength;

    public Journal(string folder)
    {
        _writer = new Utf8JsonWriter(_line, WireJson.Options);
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, FileName);
    }

    /// <summary>What was written before. A last line that a kill cut short is left out.</summary>
    public IEnumerable<JournalEntry> Read()
    {
        if (!File.Exists(_path))
            yield break;
        foreach (var line in File.ReadLines(_path))
        {
            if (Entry(line) is { } entry)
                yield return entry;
        }
    }

    private static JournalEntry? Entry(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, SimulationJson.Default.JournalEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Most of the file says what later lines have overtaken.</summary>
    public bool IsOvergrown => _file is not null && _file.Position > WorthRewriting && _file.Position > 4 * _compactLength;

    /// <summary>Replaces the file by these entries and opens it for <see cref="Append"/>.</summary>
    public void StartFrom(IEnumerable<JournalEntry> entries)
    {
        var fresh = _path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16))
        {
            foreach (var entry in entries)
                Write(file, entry);
        }
        _file?.Dispose();
        File.Move(fresh, _path, overwrite: true);
        // A buffer of 0: every line is one write.
        _file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _compactLength = _file.Position;
    }

    public void Append(JournalEntry entry)
    {
        if (_file is null)
            throw new InvalidOperationException("The journal is not open for writing: StartFrom comes first.");
        Write(_file, entry);
    }

    private void Write(FileStream file, JournalEntry entry)
    {
        _line.SetLength(0);
        _writer.Reset(_line);
        JsonSerializer.Serialize(_writer, entry, SimulationJson.Default.JournalEntry);
        _writer.Flush();
        _line.WriteByte((byte)'\n');
        file.Write(_line.GetBuffer(), 0, (int)_line.Length);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _writer.Dispose();
        _line.Dispose();
    }
}
