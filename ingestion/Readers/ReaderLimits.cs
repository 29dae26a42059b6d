using System.ComponentModel.DataAnnotations;

namespace Support.Ingestion.Readers;

/// <summary>What a file may cost to read. A file above a limit is refused by name; the others go on.</summary>
public sealed class ReaderLimits
{
    public const string Section = "Readers";
    public const string DefaultPdfProgram = "pdftotext";

    /// <summary>Bytes of a file. Uploads are kept in the database, so this is also what one of them may take there.</summary>
    [Range(1_024, 1_073_741_824)] public long FileBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Bytes that a Word file may unpack to, counted while unpacking. More costs memory: some three times as much.</summary>
    [Range(1_024, 2_147_483_648)] public long UnpackedBytes { get; set; } = 200 * 1024 * 1024;

    /// <summary>How many times larger than the file its unpacked content may be, once that is more than a megabyte. Real documents reach about 40.</summary>
    [Range(2, 10_000)] public int UnpackedRatio { get; set; } = 150;

    /// <summary>Levels of elements, lists or brackets inside each other. Real pages stay below 60.</summary>
    [Range(8, 1_000)] public int Depth { get; set; } = 200;

    /// <summary>Characters of text that are kept of one file; the rest is left out, and that is said.</summary>
    [Range(1_000, 100_000_000)] public int Characters { get; set; } = 12_000_000;

    /// <summary>Records (rows of a CSV file, lines of a JSON Lines file) read of one file; the rest is left out, and that is said.</summary>
    [Range(1, 1_000_000)] public int Records { get; set; } = 50_000;

    /// <summary>Remarks about what was left out that are listed one by one; further ones are only counted.</summary>
    [Range(1, 10_000)] public int Remarks { get; set; } = 100;

    /// <summary>The program that reads PDF files, of poppler: its name on the PATH, or its full path. The default is the one that a published function app carries, if there is one.</summary>
    [Required] public string PdfProgram { get; set; } = DefaultPdfProgram;

    /// <summary>How long the program that reads PDF files may take before it is ended.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")] public TimeSpan PdfTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Memory in bytes that the program that reads PDF files may use, where the system can set such a limit (Linux).</summary>
    [Range(64L * 1024 * 1024, 64L * 1024 * 1024 * 1024)] public long PdfMemoryBytes { get; set; } = 1024L * 1024 * 1024;
}
