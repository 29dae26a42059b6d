using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Contracts;
using Support.Tesseract;

namespace Support.Tests.Tesseract;

/// <summary>A program that is called as Tesseract is, and does what a test says.</summary>
internal sealed class FakeTesseract : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("support-fake-tesseract-");

    /// <param name="languages">What it says is installed, one a line.</param>
    /// <param name="reading">Lines of a shell script that read a picture; $4 are the languages.</param>
    public FakeTesseract(string languages, string reading)
    {
        File.WriteAllText(Path, $"#!/bin/sh\nif [ \"$1\" = --list-langs ]; then printf 'List of available languages:\\n{languages}\\n'; exit 0; fi\n{reading}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "tesseract");

    public RecordedLog Log { get; } = new();

    /// <summary>A row of its table.</summary>
    public static string Row(int line, int confidence, string word) => $"printf '5\\t1\\t1\\t1\\t{line}\\t1\\t0\\t0\\t9\\t9\\t{confidence}\\t%s\\n' {word}";

    public TesseractReader Reader(TimeSpan? time = null, long memoryBytes = 1L << 30) => new(
        Options.Create(new TesseractOptions { Program = Path, Time = time ?? TimeSpan.FromSeconds(30), MemoryBytes = memoryBytes }),
        new Logger<TesseractReader>(new LoggerFactory([Log])));

    public void Dispose() => _folder.Delete(recursive: true);
}
