using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>/bot{token}/{method}: reads a call, applies faults, and answers in Telegram's shapes.</summary>
internal sealed class BotApiEndpoint(SimulatedTelegram telegram, CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext context)
    {
        var token = (string)context.Request.RouteValues["token"]!;
        var method = (string)context.Request.RouteValues["method"]!;
        var fault = telegram.TakeFault(method);
        if (fault is { ErrorCode: Fault.DropBefore })
        {
            context.Abort();
            return;
        }
        var answer = await AnswerAsync(context, token, method, fault);
        if (fault is { ErrorCode: Fault.DropAfter })
            context.Abort();
        else
            await WriteAsync(context, answer);
    }

    private async Task<Answer> AnswerAsync(HttpContext context, string token, string method, Fault? fault)
    {
        try
        {
            var bot = telegram.BotByToken(token) ?? throw new Refusal(401, "Unauthorized");
            if (!BotApiSpecification.Current.Methods.TryGetValue(method, out var specified))
                throw new Refusal(404, "Not Found");
            if (fault is { ErrorCode: > 0 })
                throw fault.AsRefusal();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            using var raw = await RawArguments.ReadAsync(context.Request, stop.Token);
            var reply = await telegram.CallAsync(bot, specified, raw, stop.Token);
            telegram.Counters.Called(specified.Name);
            return new Answer(reply, null);
        }
        catch (Refusal refusal)
        {
            telegram.Counters.Refused(method, refusal.Code);
            return new Answer(null, refusal);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return new Answer(null, new Refusal(502, "Bad Gateway"));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up, for example during a long poll: nobody reads this.
            return new Answer(null, new Refusal(499, "Client Closed Request"));
        }
    }

    private readonly record struct Answer(Reply? Reply, Refusal? Refusal);

    private static async Task WriteAsync(HttpContext context, Answer answer)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ok"u8, answer.Reply is not null);
            if (answer.Reply is { } reply)
                WriteReply(writer, reply);
            else
                WriteRefusal(writer, answer.Refusal!);
            writer.WriteEndObject();
        }
        context.Response.StatusCode = answer.Refusal?.Code ?? StatusCodes.Status200OK;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    private static void WriteReply(Utf8JsonWriter writer, Reply reply)
    {
        writer.WritePropertyName("result"u8);
        reply.WriteResult(writer);
        if (reply.Description is { } description)
            writer.WriteString("description"u8, description);
    }

    private static void WriteRefusal(Utf8JsonWriter writer, Refusal refusal)
    {
        writer.WriteNumber("error_code"u8, refusal.Code);
        writer.WriteString("description"u8, refusal.Message);
        if (refusal.RetryAfter is null && refusal.MigrateToChatId is null)
            return;
        writer.WriteStartObject("parameters"u8);
        if (refusal.RetryAfter is { } seconds)
            writer.WriteNumber("retry_after"u8, seconds);
        if (refusal.MigrateToChatId is { } chat)
            writer.WriteNumber("migrate_to_chat_id"u8, chat);
        writer.WriteEndObject();
    }
}
