using System.Data.Common;
using System.Text;
using Microsoft.Extensions.Logging;
using Support.Database;
using Support.Jobs;
using Support.StorageQueue.Rest;

namespace Support.StorageQueue;

/// <summary>
/// Jobs as messages of Azure Storage queues, for one process or for many. Delays are whole seconds, rounded up, and at most seven days.
/// What a dead process held comes back after the time for which it was hidden.
/// </summary>
public sealed partial class StorageWorkQueue : IWorkQueue
{
    private readonly QueueClient _client;
    private readonly AccountState _account;
    private readonly Lazy<KeptBodies> _bodies;
    private readonly QueueSignals _signals;
    private readonly AcknowledgeFirst _first;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    internal StorageWorkQueue(QueueClient client, AccountState account, Lazy<KeptBodies> bodies, QueueSignals signals, AcknowledgeFirst first, TimeProvider clock, ILogger<StorageWorkQueue> logger) =>
        (_client, _account, _bodies, _signals, _first, _clock, _logger) = (client, account, bodies, signals, first, clock, logger);

    public async ValueTask PutAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow();
        await PutTextAsync(queue, new QueuedText(0, 0, now, delay > TimeSpan.Zero ? now + delay : null, new QueuedBody.Here(body)), delay, cancellation);
        if (queue == Queues.Updates)
            _first.Kept(1);
    }

    /// <summary>A new message for a job whose message the Functions host holds and deletes on success: there, nothing else can come back after a while.</summary>
    /// <exception cref="QueueUnavailableException">The job may not have been kept; the host must be told of a failure.</exception>
    public ValueTask PutAgainAsync(TakenJob job, TimeSpan after, bool counted, CancellationToken cancellation) =>
        PutTextAsync(job.Queue, new QueuedText(job.Attempt + (counted ? 1 : 0), -job.Deaths, job.PutAt, _clock.GetUtcNow() + after, BodyOf(job)), after, cancellation);

    /// <summary>The same text as a new message, unread: for a message that the Functions host holds and that cannot even be read now, as its body lies in a database that is away.</summary>
    /// <exception cref="QueueUnavailableException">It may not have been kept; the host must be told of a failure.</exception>
    public async ValueTask PutUnreadAsync(string queue, string text, TimeSpan after, CancellationToken cancellation) =>
        await _account.WatchAsync(_client.PutAsync(queue, text, after, cancellation));

    private async ValueTask PutTextAsync(string queue, QueuedText job, TimeSpan delay, CancellationToken cancellation)
    {
        var text = job.Write();
        if (!QueuedText.Fits(text) && job.Body is QueuedBody.Here large)
            text = (job with { Body = await KeepAsync(large, cancellation) }).Write();
        await _account.WatchAsync(_client.PutAsync(queue, text, delay, cancellation));
        _signals.Raise(queue, QueueClient.Whole(delay));
    }

    private async Task<QueuedBody.Kept> KeepAsync(QueuedBody.Here large, CancellationToken cancellation)
    {
        try
        {
            return new QueuedBody.Kept(await _bodies.Value.KeepAsync(large.Bytes, cancellation));
        }
        catch (Exception e) when (DeskDatabase.IsAway(e) || e is DbException)
        {
            throw new QueueUnavailableException($"The database does not answer; a job of {large.Bytes.Length} bytes, too large for a message, was not kept for certain.", e);
        }
    }

    public async ValueTask<IReadOnlyList<TakenJob>> TakeAsync(string queue, int most, TimeSpan hidden, CancellationToken cancellation)
    {
        var taken = new List<TakenJob>();
        while (taken.Count < most && !cancellation.IsCancellationRequested)
        {
            var asked = Math.Min(QueueClient.MostMessages, most - taken.Count);
            IReadOnlyList<QueueMessage> messages;
            try
            {
                // Not cancelled once it is on its way: what it had taken would stay hidden.
                messages = await _account.WatchAsync(_client.GetAsync(queue, asked, hidden, CancellationToken.None));
            }
            catch (QueueUnavailableException) when (taken.Count > 0)
            {
                // These are no longer waiting anywhere else; the next look fails in the same way and says so.
                return taken;
            }
            foreach (var message in messages)
            {
                if (await ReadTakenAsync(queue, message) is { } job)
                    taken.Add(job);
            }
            if (messages.Count < asked)
                break;
        }
        if (taken.Count == 0)
            cancellation.ThrowIfCancellationRequested();
        return taken;
    }

    /// <returns>Null when there is nothing to do with it now.</returns>
    private async Task<TakenJob?> ReadTakenAsync(string queue, QueueMessage message)
    {
        try
        {
            var job = await ReadAsync(queue, message.Id, message.Text, message.DequeueCount, message.PutAt, CancellationToken.None);
            return job with { Receipt = message.Receipt };
        }
        catch (UnreadableMessageException e) when (e.IsFinished)
        {
            Log.DoneBefore(_logger, message.Id, queue);
            await _account.WatchAsync(_client.DeleteAsync(queue, message.Id, message.Receipt, CancellationToken.None));
            return null;
        }
        catch (UnreadableMessageException e)
        {
            return new TakenJob(queue, message.Id, message.Receipt, Encoding.UTF8.GetBytes(message.Text), 0, message.DequeueCount, message.PutAt) { Unreadable = e.Message };
        }
        catch (Exception e) when (DeskDatabase.IsAway(e) || e is DbException)
        {
            // Its body lies in the database. Not its fault, and not that of the others.
            Log.BodyNotRead(_logger, message.Id, queue, e.Message);
            var text = QueuedText.Read(message.Text, message.PutAt);
            await _account.WatchAsync(_client.UpdateAsync(queue, message.Id, message.Receipt, (text with { Returns = text.Returns + 1 }).Write(), TimeSpan.FromSeconds(1), CancellationToken.None));
            return null;
        }
    }

    /// <summary>The job of a message that the Functions host holds; its receipt is empty.</summary>
    /// <param name="text">As it stands in the message, or the base64 of it.</param>
    /// <param name="dequeueCount">How often it was taken, this time included.</param>
    /// <exception cref="UnreadableMessageException">With the reason, for a dead letter; or it is finished.</exception>
    public async ValueTask<TakenJob> ReadAsync(string queue, string id, string text, int dequeueCount, CancellationToken cancellation) =>
        await ReadAsync(queue, id, text, dequeueCount, _clock.GetUtcNow(), cancellation);

    private async Task<TakenJob> ReadAsync(string queue, string id, string text, int dequeueCount, DateTimeOffset inserted, CancellationToken cancellation)
    {
        var job = QueuedText.Read(text, inserted);
        var kept = (job.Body as QueuedBody.Kept)?.Number;
        var body = job.Body is QueuedBody.Here here ? here.Bytes : await _bodies.Value.FindAsync(kept!.Value, cancellation) ?? throw BodyIsGone(job);
        return new TakenJob(queue, id, "", body, job.Attempt, dequeueCount, job.PutAt) { Deaths = Math.Max(0, dequeueCount - 1 - job.Returns), KeptBody = kept };
    }

    private UnreadableMessageException BodyIsGone(QueuedText job) =>
        _clock.GetUtcNow() - job.PutAt < KeptBodies.Age
            ? new UnreadableMessageException("The job was done before.") { IsFinished = true }
            : new UnreadableMessageException($"Its body was kept for {KeptBodies.Age.Days} days and is gone.");

    /// <summary>Not cancelled by a stop, like <see cref="ReturnAsync"/>: only this process knows that the job is done.</summary>
    public async ValueTask CompleteAsync(TakenJob job, CancellationToken cancellation)
    {
        if (await _account.WatchAsync(_client.DeleteAsync(job.Queue, job.Id, job.Receipt, CancellationToken.None)))
            await ForgetAsync(job, CancellationToken.None);
    }

    /// <summary>Deletes what was kept of the job in the database, if anything was: the last thing before its message goes.</summary>
    public async ValueTask ForgetAsync(TakenJob job, CancellationToken cancellation)
    {
        if (job.KeptBody is not { } kept)
            return;
        try
        {
            await _bodies.Value.ForgetAsync(kept, cancellation);
        }
        catch (Exception e) when (DeskDatabase.IsAway(e) || e is DbException)
        {
            Log.BodyStays(_logger, kept);
        }
    }

    public async ValueTask ReturnAsync(TakenJob job, TimeSpan after, bool counted, CancellationToken cancellation)
    {
        var text = job.Unreadable is null
            ? new QueuedText(job.Attempt + (counted ? 1 : 0), job.Taken - job.Deaths, job.PutAt, _clock.GetUtcNow() + after, BodyOf(job)).Write()
            : Encoding.UTF8.GetString(job.Body.Span);
        await _account.WatchAsync(_client.UpdateAsync(job.Queue, job.Id, job.Receipt, text, after, CancellationToken.None));
        _signals.Raise(job.Queue, QueueClient.Whole(after));
    }

    public async ValueTask<bool> IsBehindAsync(string queue, TimeSpan grace, CancellationToken cancellation)
    {
        var waiting = await _account.WatchAsync(_client.PeekAsync(queue, QueueClient.MostMessages, cancellation));
        var late = _clock.GetUtcNow() - grace;
        return waiting.Any(message => DueAt(message) < late);
    }

    private static DateTimeOffset DueAt(QueueMessage message)
    {
        try
        {
            var text = QueuedText.Read(message.Text, message.PutAt);
            return text.DueAt ?? text.PutAt;
        }
        catch (UnreadableMessageException)
        {
            return message.PutAt;
        }
    }

    private static QueuedBody BodyOf(TakenJob job) => job.KeptBody is { } kept ? new QueuedBody.Kept(kept) : new QueuedBody.Here(job.Body);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Message {Id} of {Queue} was for a job that is done; it is deleted.")]
        public static partial void DoneBefore(ILogger logger, string id, string queue);

        [LoggerMessage(2, LogLevel.Debug, "The body {Kept} of a job that is done could not be removed; the sweep does it.")]
        public static partial void BodyStays(ILogger logger, long kept);

        [LoggerMessage(3, LogLevel.Warning, "The body of message {Id} of {Queue} could not be read from the database ({Problem}); the message comes back.")]
        public static partial void BodyNotRead(ILogger logger, string id, string queue, string problem);
    }
}
