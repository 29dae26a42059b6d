using System.ComponentModel.DataAnnotations;

namespace Support.Tesseract;

/// <summary>The program that reads pictures where no model does, and what it may cost.</summary>
public sealed class TesseractOptions
{
    public const string Section = "Support:Tesseract";

    /// <summary>Its name on the PATH, or its full path; "none" to leave it alone where it is installed.</summary>
    [Required] public string Program { get; set; } = "tesseract";

    /// <summary>Its languages, joined by "+"; those that are not installed are left out. More make it slower, and worse at each.</summary>
    [RegularExpression(@"\w+(\+\w+)*", ErrorMessage = "Support__Tesseract__Languages must be names of Tesseract's languages joined by \"+\", as in rus+eng.")]
    public string Languages { get; set; } = "rus+eng";

    /// <summary>How long it may take with one picture before it is ended.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "Support__Tesseract__Time must be from 00:00:01 to 00:01:00.")]
    public TimeSpan Time { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Memory in bytes that it may use, where the system can set such a limit (Linux). Two languages and a photograph of a telephone take some 400 MB.</summary>
    [Range(64L * 1024 * 1024, 64L * 1024 * 1024 * 1024, ErrorMessage = "Support__Tesseract__MemoryBytes must be from 67108864 (64 MB) to 68719476736 (64 GB).")]
    public long MemoryBytes { get; set; } = 1024L * 1024 * 1024;
}
