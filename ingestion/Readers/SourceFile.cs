namespace Support.Ingestion.Readers;

/// <summary>A file about to be read.</summary>
/// <param name="Text">Its decoded text; empty for Word and PDF.</param>
internal sealed record SourceFile(string Name, ReadOnlyMemory<byte> Bytes, string Text, ReaderLimits Limits)
{
    /// <summary>The title of last resort: the file's name as a person would write it.</summary>
    public string Title
    {
        get
        {
            var stem = Path.GetFileNameWithoutExtension(Name).Replace('_', ' ').Trim();
            return stem.Length == 0 ? Name : stem;
        }
    }
}
