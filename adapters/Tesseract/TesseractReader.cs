using System.ComponentModel;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Questions.Reading;

namespace Support.Tesseract;

/// <summary>Reads pictures with Tesseract, where it is installed. The picture goes in by a pipe: nothing of it is written to the disk.</summary>
internal sealed partial class TesseractReader(IOptions<TesseractOptions> options, ILogger<TesseractReader> logger) : IPictureText, IDisposable
{
    private readonly TesseractProgram? _program = TesseractProgram.Find(options.Value.Program);

    // Each run fills a processor; questions need the others.
    private readonly SemaphoreSlim _running = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly SemaphoreSlim _asking = new(1);
    private string? _languages;

    public bool IsThere => _program is not null;

    public async Task<string?> ReadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation)
    {
        if (_program is null)
            return null;
        await _running.WaitAsync(cancellation);
        try
        {
            return await LanguagesAsync(_program, cancellation) is { } languages ? await ReadAsync(_program, languages, picture, cancellation) : null;
        }
        catch (Win32Exception e)
        {
            Log.NotStarted(logger, e.Message);
            return null;
        }
        finally
        {
            _running.Release();
        }
    }

    private async Task<string?> ReadAsync(TesseractProgram program, string languages, ReadOnlyMemory<byte> picture, CancellationToken cancellation)
    {
        var command = program.Command(options.Value.MemoryBytes, "stdin", "stdout", "-l", languages, "tsv");
        var run = await LimitedRun.RunAsync(command, picture, options.Value.Time, cancellation);
        if (run is { ExitCode: 0 })
            return SureWords.Of(run.Output);
        if (run is null)
            Log.TookTooLong(logger, options.Value.Time.TotalSeconds);
        else
            Log.Failed(logger, run.ExitCode, options.Value.MemoryBytes / 1024 / 1024);
        return null;
    }

    /// <returns>Those of the settings that are installed; null when none is.</returns>
    private async Task<string?> LanguagesAsync(TesseractProgram program, CancellationToken cancellation)
    {
        await _asking.WaitAsync(cancellation);
        try
        {
            if (_languages is not null)
                return _languages;
            var run = await LimitedRun.RunAsync(program.Command(options.Value.MemoryBytes, "--list-langs"), default, options.Value.Time, cancellation);
            var installed = (run?.Output ?? "").Split('\n', StringSplitOptions.TrimEntries);
            var wanted = options.Value.Languages.Split('+').Intersect(installed, StringComparer.Ordinal).ToList();
            if (wanted.Count > 0)
                return _languages = string.Join('+', wanted);
            Log.NoLanguage(logger, options.Value.Languages);
            return null;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose()
    {
        _running.Dispose();
        _asking.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Tesseract was ended after {Seconds} s (Support__Tesseract__Time); a person gets the picture.")]
        public static partial void TookTooLong(ILogger logger, double seconds);

        [LoggerMessage(2, LogLevel.Warning, "Tesseract ended with code {Code}; it may use {Megabytes} MB (Support__Tesseract__MemoryBytes). A person gets the picture.")]
        public static partial void Failed(ILogger logger, int code, long megabytes);

        [LoggerMessage(3, LogLevel.Warning, "Tesseract has none of the languages {Languages} (Support__Tesseract__Languages); install them (Debian, Ubuntu: apt-get install tesseract-ocr-rus tesseract-ocr-eng). A person gets the picture.")]
        public static partial void NoLanguage(ILogger logger, string languages);

        [LoggerMessage(4, LogLevel.Warning, "Tesseract could not be started: {Problem}. A person gets the picture.")]
        public static partial void NotStarted(ILogger logger, string problem);
    }
}
