using System.Text.Json;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Database;
using Support.Http;
using Support.Knowledge;
using Support.Questions;

namespace Support.Functions;

/// <summary>GET /why?chat=…&amp;message_id=…: what stood behind a message of the bot: passages with scores, confidence, decision, reason.</summary>
public static class WhyEndpoint
{
    private const string Find =
        """
        select q.id, q.text, q.language, q.decision, q.reason, q.confidence, q.probability, q.passages::text as passages, q.features::text as features, q.feedback,
               extract(epoch from q.answered_at - q.asked_at) as seconds,
               (select count(*)::int from outbox o where o.question_id = q.id and o.doubts > 0) as sent_in_doubt
        from question q
        where q.id = coalesce(
            (select m.question_id from message m where m.chat_id = @chat and m.message_id = @message and (@bot::bigint is null or m.bot_id = @bot)),
            (select t.question_id from ticket t join message m on m.ticket_id = t.id where m.chat_id = @chat and m.message_id = @message and (@bot::bigint is null or m.bot_id = @bot)))
        """;

    public static void MapWhy(this IEndpointRouteBuilder app) => app.MapGet("/why", WhyAsync);

    private static async Task WhyAsync(HttpContext context)
    {
        if (await Doors.TenantAsync(context) is not { } tenant)
            return;
        if (!long.TryParse(context.Request.Query["chat"], out var chat) || !long.TryParse(context.Request.Query["message_id"], out var message))
        {
            await Doors.ProblemAsync(context, StatusCodes.Status400BadRequest, "Give chat and message_id as numbers.");
            return;
        }
        var bot = long.TryParse(context.Request.Query["bot"], out var id) ? id : (long?)null;
        await using var transaction = await context.RequestServices.GetRequiredService<DeskDatabase>().BeginAsync(tenant, context.RequestAborted);
        if (await transaction.FirstAsync<Row>(Find, new { chat, message, bot }, context.RequestAborted) is not { } row)
        {
            await Doors.ProblemAsync(context, StatusCodes.Status404NotFound, "This message is no answer to a question.");
            return;
        }
        var passages = CitedPassages.Read(row.Passages);
        var texts = await CitedPassages.TextsAsync(transaction, passages, Audience.Staff, context.RequestAborted);
        var options = context.RequestServices.GetRequiredService<IOptions<ConfidenceOptions>>().Value;
        var why = new Why(row.Text, row.Language, row.Decision, row.Reason, row.Confidence, ConfidenceLevel.Of(row.Confidence, options), row.Probability, row.Feedback, Math.Round((double)row.Seconds, 3), row.SentInDoubt,
            [.. passages.Select(p => new AnsweredPassage(p.Source, p.Title, texts.GetValueOrDefault(p.Chunk, ""), p.Link, p.Score, p.Staff))],
            JsonSerializer.Deserialize(row.Features, DeskJson.Default.DictionaryStringDouble) ?? []);
        await Doors.WriteAsync(context, StatusCodes.Status200OK, why, DeskJson.Default.Why);
    }

    private sealed record Row(long Id, string Text, string Language, string Decision, string? Reason, double Confidence, double? Probability, string Passages, string Features, string? Feedback, decimal Seconds, int SentInDoubt);
}

public sealed record Why(string Question, string Language, string Decision, string? Reason, double Confidence, string Level, double? Probability, string? Feedback, double Seconds, int SentInDoubt, IReadOnlyList<AnsweredPassage> Passages, IReadOnlyDictionary<string, double> Features);
