using Dapper;
using Support.Database;
using Support.Questions;
using Support.Tenants;
using Support.Text;

namespace Support.Server.Http;

/// <summary>POST /ask {"question"}: what the desk would do with a question, without a chat. For `ask`, for editors, for checks.</summary>
internal static class AskEndpoint
{
    public static void MapAsk(this WebApplication app) => app.MapPost("/ask", AskAsync);

    private static async Task<IResult> AskAsync(HttpContext context, AskBody body, UploadKeys keys, DecideAnswer decide, DeskDatabase database)
    {
        if (keys.TenantOf(context.Request.Headers.Authorization) is not { } tenant)
            return Results.Json(new Problem("The bearer key is missing or wrong. It stands in desk.json."), ServerJson.Default.Problem, statusCode: 401);
        if (string.IsNullOrWhiteSpace(body.Question) || body.Question.Length > 4096)
            return Results.Json(new Problem("Write {\"question\": \"…\"}, at most 4,096 characters."), ServerJson.Default.Problem, statusCode: 400);
        long change;
        double? threshold;
        await using (var transaction = await database.BeginAsync(tenant, context.RequestAborted))
        {
            change = await transaction.FirstAsync<long>("select knowledge_change from tenant", null, context.RequestAborted);
            threshold = await transaction.FirstAsync<double?>("select (value #>> '{}')::float8 from setting where key = 'threshold'", null, context.RequestAborted);
        }
        var decided = await decide.DecideAsync(tenant, body.Question, LanguageGuess.Of(body.Question) ?? "en", change, threshold, 0, context.RequestAborted);
        return Results.Json(Answered.Of(decided), ServerJson.Default.Answered);
    }
}

public sealed record AskBody(string? Question);

public sealed record Problem(string Error);

/// <param name="Decision">answer, ask_back or escalate.</param>
/// <param name="Answer">What the customer would read; for escalations the draft.</param>
public sealed record Answered(string Decision, string? Answer, double Confidence, string? Reason, string Language, IReadOnlyList<AnsweredPassage> Passages, IReadOnlyDictionary<string, double> Features)
{
    public static Answered Of(Decided decided) => new(
        decided.Decision.Name,
        decided.Decision switch { Questions.Decision.Answer a => a.Text, Questions.Decision.Escalate e => e.Draft, _ => null },
        decided.Retrieved.Confidence,
        (decided.Decision as Questions.Decision.Escalate)?.Reason,
        decided.Language,
        [.. decided.Retrieved.Passages.Select(p => new AnsweredPassage(p.Source, p.Title, p.Text, p.Link, Math.Round(p.Score, 4), p.Audience == Knowledge.Audience.Staff))],
        decided.Retrieved.Features);
}

public sealed record AnsweredPassage(string Source, string Title, string Text, string? Link, double Score, bool ForStaff);
