using System.Text.Json;
using Support.Database;
using Support.Knowledge;
using Support.Questions;
using Support.Tenants;

namespace Support.Server.Http;

/// <summary>GET /why?chat=…&amp;message_id=…: what stood behind a message of the bot: passages with scores, confidence, decision, reason.</summary>
internal static class WhyEndpoint
{
    private const string Find =
        """
        select q.id, q.text, q.language, q.decision, q.reason, q.confidence, q.passages::text as passages, q.features::text as features, q.feedback,
               extract(epoch from q.answered_at - q.asked_at) as seconds,
               (select count(*)::int from outbox o where o.question_id = q.id and o.doubts > 0) as sent_in_doubt
        from question q
        where q.id = coalesce(
            (select m.question_id from message m where m.chat_id = @chat and m.message_id = @message and (@bot::bigint is null or m.bot_id = @bot)),
            (select t.question_id from ticket t join message m on m.ticket_id = t.id where m.chat_id = @chat and m.message_id = @message and (@bot::bigint is null or m.bot_id = @bot)))
        """;

    public static void MapWhy(this WebApplication app) => app.MapGet("/why", WhyAsync);

    private static async Task<IResult> WhyAsync(HttpContext context, UploadKeys keys, DeskDatabase database)
    {
        if (keys.TenantOf(context.Request.Headers.Authorization) is not { } tenant)
            return Results.Json(new Problem("The bearer key is missing or wrong. It stands in desk.json."), ServerJson.Default.Problem, statusCode: 401);
        if (!long.TryParse(context.Request.Query["chat"], out var chat) || !long.TryParse(context.Request.Query["message_id"], out var message))
            return Results.Json(new Problem("Give chat and message_id as numbers."), ServerJson.Default.Problem, statusCode: 400);
        var bot = long.TryParse(context.Request.Query["bot"], out var id) ? id : (long?)null;
        await using var transaction = await database.BeginAsync(tenant, context.RequestAborted);
        var row = await transaction.FirstAsync<Row>(Find, new { chat, message, bot }, context.RequestAborted);
        if (row is null)
            return Results.Json(new Problem("This message is no answer to a question."), ServerJson.Default.Problem, statusCode: 404);
        var passages = CitedPassages.Read(row.Passages);
        var texts = await CitedPassages.TextsAsync(transaction, passages, Audience.Staff, context.RequestAborted);
        return Results.Json(new Why(row.Text, row.Language, row.Decision, row.Reason, row.Confidence, row.Feedback, Math.Round((double)row.Seconds, 3), row.SentInDoubt,
            [.. passages.Select(p => new AnsweredPassage(p.Source, p.Title, texts.GetValueOrDefault(p.Chunk, ""), p.Link, p.Score, p.Staff))],
            JsonSerializer.Deserialize<Dictionary<string, double>>(row.Features, ServerJson.Default.DictionaryStringDouble) ?? []), ServerJson.Default.Why);
    }

    private sealed record Row(long Id, string Text, string Language, string Decision, string? Reason, double Confidence, string Passages, string Features, string? Feedback, decimal Seconds, int SentInDoubt);
}

public sealed record Why(string Question, string Language, string Decision, string? Reason, double Confidence, string? Feedback, double Seconds, int SentInDoubt, IReadOnlyList<AnsweredPassage> Passages, IReadOnlyDictionary<string, double> Features);
