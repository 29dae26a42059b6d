using System.Text.Json;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Conversations;
using Support.Database;
using Support.Http;
using Support.Knowledge;
using Support.Questions;
using Support.Tickets;

namespace Support.Functions;

/// <summary>
/// GET /why?chat=…&amp;message_id=…: what stood behind a message of the bot: passages with scores, confidence, decision, reason, and the sentences that say
/// why the confidence is what it is (language=en|ru; else as the admins are spoken to).
/// </summary>
public static class WhyEndpoint
{
    private const string Find =
        """
        select q.id, q.text, q.language, q.decision, q.reason, q.confidence, q.passages::text as passages, q.features::text as features, q.trace::text as trace,
               q.probability, q.chosen, q.feedback,
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
        var trace = QuestionTrace.Read(row.Trace);
        var features = JsonSerializer.Deserialize(row.Features, DeskJson.Default.DictionaryStringDouble) ?? [];
        var language = context.Request.Query["language"].ToString() is var asked && Phrases.Languages.Contains(asked) ? asked : await AdminsLanguage.FindAsync(transaction, row.Language, context.RequestAborted);
        var why = new Why(row.Text, row.Language, row.Decision, row.Reason, row.Confidence, ConfidenceLevel.Of(row.Confidence, options), row.Feedback, Math.Round((double)row.Seconds, 3), row.SentInDoubt,
            [.. passages.Select(p => new AnsweredPassage(p.Source, p.Title, texts.GetValueOrDefault(p.Chunk, ""), p.Link, p.Score, p.Staff))], features)
        {
            Probability = row.Probability,
            ReadAs = trace.ReadAs,
            Searched = trace.Searched,
            WordsFound = trace.Found ?? [],
            WordsMissing = trace.Missing ?? [],
            Because = Explain.Of(features, trace.Shares, trace.Found ?? [], trace.Missing ?? [], language),
            Choices = trace.Titles ?? [],
            Chosen = row.Chosen,
            Cited = CitedOf(row, trace, passages.Count),
        };
        await Doors.WriteAsync(context, StatusCodes.Status200OK, why, DeskJson.Default.Why);
    }

    private static int? CitedOf(Row row, QuestionTrace trace, int passages) => row.Decision switch
    {
        "answer" when passages > 0 => 0,
        "choose" => ShownPassages.IndexOf(trace, row.Chosen),
        _ => null,
    };

    private sealed record Row(
        long Id, string Text, string Language, string Decision, string? Reason, double Confidence, string Passages, string Features, string Trace, double? Probability, int? Chosen,
        string? Feedback, decimal Seconds, int SentInDoubt);
}

/// <param name="Decision">answer, choose, ask_back or escalate.</param>
/// <param name="Level">low, medium or high.</param>
public sealed record Why(string Question, string Language, string Decision, string? Reason, double Confidence, string Level, string? Feedback, double Seconds, int SentInDoubt, IReadOnlyList<AnsweredPassage> Passages, IReadOnlyDictionary<string, double> Features)
{
    /// <summary>As the tenant's own labels tell it; null without enough of them.</summary>
    public double? Probability { get; init; }

    /// <summary>What the question was read as; null when that is how it was written.</summary>
    public string? ReadAs { get; init; }

    /// <summary>What was looked for; null when that is the question alone.</summary>
    public string? Searched { get; init; }

    /// <summary>The question's content words that the first passage has.</summary>
    public required IReadOnlyList<string> WordsFound { get; init; }

    public required IReadOnlyList<string> WordsMissing { get; init; }

    public required IReadOnlyList<Because> Because { get; init; }

    /// <summary>What was offered to choose from.</summary>
    public required IReadOnlyList<string> Choices { get; init; }

    /// <summary>Which of them was chosen; -1 for none of them; null while nothing was.</summary>
    public int? Chosen { get; init; }

    /// <summary>Which of the passages was answered from; null when none was.</summary>
    public int? Cited { get; init; }
}
