using System.Text;

namespace Support.Ingestion.Readers;

/// <summary>What the first bytes of a file say it is.</summary>
/// <param name="Name">As in "it starts like …".</param>
/// <param name="Fix">What to do with such a file if we do not read it; null where there is nothing better than the list of kinds we read.</param>
internal sealed record Signature(string Name, string? Fix = null)
{
    public static readonly Signature Pdf = new("a PDF");
    public static readonly Signature Zip = new("a ZIP archive", "unpack it and send the files in it");
    public static readonly Signature Ole = new("an old Microsoft Office file", "save it as .docx or .csv");

    private static readonly (byte[] Start, Signature Is)[] Known =
    [
        ([0x50, 0x4B, 0x03, 0x04], Zip),
        ([0x50, 0x4B, 0x05, 0x06], Zip),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], Ole),
        ("{\\rtf"u8.ToArray(), new("an RTF document", "save it as .docx")),
        ([0x89, 0x50, 0x4E, 0x47], new("a PNG picture", "send its text; pictures are not read")),
        ([0xFF, 0xD8, 0xFF], new("a JPEG picture", "send its text; pictures are not read")),
        ("GIF8"u8.ToArray(), new("a GIF picture", "send its text; pictures are not read")),
        ("II*\0"u8.ToArray(), new("a TIFF picture", "send its text; pictures are not read")),
        ("MM\0*"u8.ToArray(), new("a TIFF picture", "send its text; pictures are not read")),
        ([0x1F, 0x8B], new("a gzip archive", "unpack it and send the files in it")),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], new("a 7-Zip archive", "unpack it and send the files in it")),
        ([0x52, 0x61, 0x72, 0x21, 0x1A], new("a RAR archive", "unpack it and send the files in it")),
        ([0x28, 0xB5, 0x2F, 0xFD], new("a Zstandard archive", "unpack it and send the files in it")),
        ([0x7F, 0x45, 0x4C, 0x46], new("a program")),
        ([0x4D, 0x5A, 0x90, 0x00], new("a program")),
        ("SQLite format 3\0"u8.ToArray(), new("a SQLite database", "export the text as .csv")),
        ("OggS"u8.ToArray(), new("a sound recording", "send its text; sound is not read")),
        ([0x49, 0x44, 0x33, 0x03], new("a sound recording", "send its text; sound is not read")),
        ([0x49, 0x44, 0x33, 0x04], new("a sound recording", "send its text; sound is not read")),
        ("%!PS"u8.ToArray(), new("a PostScript document", "save it as .pdf")),
    ];

    /// <returns>Null for what may be text.</returns>
    public static Signature? Of(ReadOnlySpan<byte> bytes)
    {
        foreach (var (start, signature) in Known)
        {
            if (bytes.StartsWith(start))
                return signature;
        }
        // Mail programs and printers put a few lines before the PDF itself; readers allow a kilobyte.
        var pdf = bytes[..Math.Min(bytes.Length, 1_024)].IndexOf("%PDF-"u8);
        if (pdf == 0 || pdf > 0 && TextFile.Decode(bytes) is null)
            return Pdf;
        return bytes.Length > 12 && bytes[0] == 0 && bytes[4..8].SequenceEqual("ftyp"u8) ? new Signature("a video", "send its text; video is not read") : null;
    }

    /// <summary>What an OLE container (Office before 2007, or a newer file with a password) holds, by the names in its directory.</summary>
    public static string ReasonForOle(ReadOnlySpan<byte> bytes)
    {
        if (Names(bytes, "EncryptedPackage"))
            return "is encrypted: take the password off (File, Info, Protect Document) and send it again";
        if (Names(bytes, "WordDocument"))
            return "is a Word document of the old kind (.doc): save it as .docx and send that";
        return "is an old Microsoft Office file: save it as .docx or .csv and send that";

        static bool Names(ReadOnlySpan<byte> bytes, string name) => bytes.IndexOf(Encoding.Unicode.GetBytes(name)) >= 0;
    }
}
