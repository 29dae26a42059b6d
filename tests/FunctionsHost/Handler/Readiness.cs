using System.Net.Sockets;

namespace Support.FunctionsHost.Handler;

/// <summary>Asks GET / until any HTTP status comes back: also 404 and 500 say that somebody listens.</summary>
internal sealed class Readiness(HttpMessageInvoker http)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>False if it did not answer within 30 seconds, or ended.</returns>
    public async Task<bool> WaitAsync(HandlerProcess handler, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(Patience);
        _ = handler.Exited.ContinueWith(_ => end.CancelAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            while (!handler.Exited.IsCompleted)
            {
                if (await AnswersAsync(handler.Port, end.Token))
                    return true;
                await Task.Delay(Pause, TimeProvider.System, end.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Too late, or ended meanwhile.
        }

        return false;
    }

    private async Task<bool> AnswersAsync(int port, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/");
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            return true;
        }
        catch (HttpRequestException e)
        {
            // Nobody listens yet. Any other trouble comes from somebody who does.
            return e.InnerException is not SocketException;
        }
    }
}
