using System.Text;
using Support.FunctionsHost.App;
using Support.FunctionsHost.Invocations;

namespace Support.FunctionsHost.Queues;

/// <summary>What becomes of one message: invoked and deleted, invoked and returned, or moved to the poison queue.</summary>
/// <param name="poison">Null for a queue that is itself a poison queue.</param>
internal sealed class MessageRun(FunctionFile function, QueueSettings settings, StorageQueue queue, StorageQueue? poison, TimeSpan hold, Invoker invoker, HostLog log, TimeProvider clock)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async Task RunAsync(QueueMessage message, CancellationToken cancellation)
    {
        var held = new HeldMessage(queue, message, hold, log, clock);
        if (Decode(message.Body) is not { } bytes)
        {
            log.Error(function.Name, $"Message {message.Id} of {queue.Name} is no base64");
            await PoisonAsync(held, message);
        }
        else if (message.DequeueCount > settings.MaxDequeueCount)
        {
            // The last to hold it died without a word. In a poison queue it then lies until it expires: no function hears of it again.
            if (poison is null)
                log.Error(function.Name, $"Message {message.Id} of {queue.Name} was tried {settings.MaxDequeueCount} times and is left where it is");
            else
                await PoisonAsync(held, message);
        }
        else
        {
            held.Hold();
            await SettleAsync(held, message, await InvokeAsync(message, bytes, cancellation));
        }
    }

    private async Task<bool> InvokeAsync(QueueMessage message, byte[] bytes, CancellationToken cancellation)
    {
        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            log.Error(function.Name, $"Message {message.Id} of {queue.Name} is no UTF-8");
            return false;
        }

        var trigger = (Trigger.Queue)function.Trigger;
        return await invoker.InvokeAsync(function, Envelope.OfMessage(function.Name, trigger.Binding, message, text, Guid.NewGuid(), clock.GetUtcNow()), cancellation);
    }

    private Task SettleAsync(HeldMessage held, QueueMessage message, bool succeeded)
    {
        if (succeeded)
            return held.DeleteAsync();
        // Without a poison queue it stays hidden, or it would come back in a fast loop without an end.
        if (poison is null)
            return held.LeaveAsync();
        return message.DequeueCount >= settings.MaxDequeueCount ? PoisonAsync(held, message) : held.ReturnAsync(settings.RetryAfter);
    }

    private async Task PoisonAsync(HeldMessage held, QueueMessage message)
    {
        if (poison is null)
        {
            await held.LeaveAsync();
            return;
        }

        log.Warn(function.Name, $"Message {message.Id} of {queue.Name} goes to {poison.Name}; it was taken {message.DequeueCount} times");
        await held.MoveAsync(poison);
    }

    private byte[]? Decode(string body)
    {
        if (!settings.Base64)
            return Encoding.UTF8.GetBytes(body);
        var bytes = new byte[body.Length];
        return Convert.TryFromBase64String(body, bytes, out var count) ? bytes[..count] : null;
    }
}
