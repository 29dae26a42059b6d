namespace Support.Questions.Reading;

/// <summary>Reads what is written in a picture, on this machine.</summary>
public interface IPictureText
{
    /// <summary>It is installed. It may still fail.</summary>
    bool IsThere { get; }

    /// <param name="picture">PNG, JPEG or WebP, as somebody sent it.</param>
    /// <returns>Lines of text; empty when nothing is written there that can be made out; null when reading failed, which has been logged.</returns>
    Task<string?> ReadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation);
}

/// <summary>The default: nothing installed.</summary>
public sealed class NoPictureText : IPictureText
{
    public bool IsThere => false;

    public Task<string?> ReadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
