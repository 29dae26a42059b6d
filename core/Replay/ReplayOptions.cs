using System.ComponentModel.DataAnnotations;

namespace Support.Replay;

public sealed class ReplayOptions
{
    public const string Section = "Replay";

    /// <summary>The largest export in bytes. It is read as it arrives and never held or kept, so more costs time, not memory: some 100 MB a second or two.</summary>
    [Range(1024 * 1024, 8L * 1024 * 1024 * 1024)] public long FileBytes { get; set; } = 512L * 1024 * 1024;
}
