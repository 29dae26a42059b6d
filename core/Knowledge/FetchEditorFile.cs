using Support.Conversations;
using Support.Tenants;

namespace Support.Knowledge;

/// <summary>Gets a file's bytes from the chat service, with a second and third try.</summary>
public sealed class FetchEditorFile(IMessenger messenger)
{
    /// <summary>Bot API, getFile: 20 MB.</summary>
    public const long LargestDownload = 20 * 1024 * 1024;

    private const int Tries = 3;

    /// <returns>Null when it cannot be had.</returns>
    public Task<byte[]?> FetchAsync(BotId bot, string fileId, CancellationToken cancellation) => FetchAsync(bot, fileId, LargestDownload, cancellation);

    /// <returns>Null when it cannot be had, or has more bytes than that.</returns>
    public async Task<byte[]?> FetchAsync(BotId bot, string fileId, long most, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            switch (await messenger.DownloadAsync(bot, fileId, most, cancellation))
            {
                case FileDownload.Complete complete:
                    return complete.Bytes;
                case FileDownload.TooLarge:
                    return null;
            }
        }
        return null;
    }
}
