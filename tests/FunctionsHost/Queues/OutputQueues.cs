using System.Text;
using Support.FunctionsHost.App;

namespace Support.FunctionsHost.Queues;

/// <summary>Writes what answers put out. A queue that is not there is made.</summary>
internal sealed class OutputQueues(QueueAccounts accounts, bool base64)
{
    /// <exception cref="StorageException">It was not written.</exception>
    public async Task WriteAsync(string function, QueueOutput output, string text, CancellationToken cancellation)
    {
        var body = base64 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : text;
        await PutAsync(accounts.Open(function, output.Connection, output.QueueName), body, cancellation);
    }

    public static async Task PutAsync(StorageQueue queue, string body, CancellationToken cancellation)
    {
        try
        {
            await queue.PutAsync(body, cancellation);
        }
        catch (StorageException e) when (e.Code == StorageException.NoQueue)
        {
            await queue.CreateAsync(cancellation);
            await queue.PutAsync(body, cancellation);
        }
    }
}
