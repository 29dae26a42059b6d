using Support.FunctionsHost.App;
using Support.FunctionsHost.Handler;
using Support.FunctionsHost.Queues;

namespace Support.FunctionsHost.Invocations;

/// <summary>Sends envelopes to the handler and judges the answers. After functionTimeout an invocation has failed, and the handler is started anew.</summary>
internal sealed class Invoker(FunctionApp app, HandlerKeeper keeper, HttpMessageInvoker http, OutputQueues queues, InvocationLedger ledger, HostLog log, TimeProvider clock)
{
    /// <param name="cancellation">The host ends; what runs then has failed.</param>
    /// <returns>Whether it succeeded, its outputs included.</returns>
    public async Task<bool> InvokeAsync(FunctionFile function, string envelope, CancellationToken cancellation)
    {
        var id = Guid.NewGuid();
        ledger.Begun(function.Name);
        var succeeded = false;
        try
        {
            succeeded = await TryAsync(function, envelope, id, cancellation);
        }
        finally
        {
            ledger.Ended(function.Name, succeeded);
        }

        return succeeded;
    }

    private async Task<bool> TryAsync(FunctionFile function, string envelope, Guid id, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(app.Host.FunctionTimeout ?? Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            if (await keeper.ReadyAsync(either.Token) is not { } handler)
                return Fail(function, id, "there is no handler");
            return await SettleAsync(function, id, await AskAsync(function, handler, envelope, id, either.Token), either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            Fail(function, id, $"it took longer than functionTimeout, {app.Host.FunctionTimeout:c}; the handler is started anew");
            await keeper.KillAsync();
            return false;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Fail(function, id, "the host ends");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Fail(function, id, $"the handler did not answer: {e.Message}");
        }
        catch (StorageException e)
        {
            return Fail(function, id, $"an output was not written: {e.Message}");
        }
    }

    private async Task<Answer> AskAsync(FunctionFile function, HandlerProcess handler, string envelope, Guid id, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{handler.Port}/{function.Name}") { Content = new EnvelopeBody(envelope) };
        request.Headers.Add(HostHeaders.InvocationId, id.ToString());
        request.Headers.Add(HostHeaders.HostVersion, HostHeaders.Version);
        request.Headers.UserAgent.ParseAdd($"Azure-Functions-Host/{HostHeaders.Version}");
        using var answer = await http.SendAsync(request, cancellation);
        return Answer.Read(function, (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsByteArrayAsync(cancellation));
    }

    private async Task<bool> SettleAsync(FunctionFile function, Guid id, Answer answer, CancellationToken cancellation)
    {
        switch (answer)
        {
            case Answer.Success success:
                foreach (var line in success.Logs)
                    log.Of(function.Name, line);
                foreach (var (output, text) in success.Messages)
                    await queues.WriteAsync(function.Name, output, text, cancellation);
                return true;
            case Answer.Hang hang:
                ledger.Hung(function.Name);
                log.Error(function.Name, $"Invocation {id} hangs: {hang.Why}");
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellation);
                return false;
            default:
                return Fail(function, id, ((Answer.Failure)answer).Why);
        }
    }

    private bool Fail(FunctionFile function, Guid id, string why)
    {
        log.Error(function.Name, $"Invocation {id} failed: {why}");
        return false;
    }
}
