using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Database;
using Support.Http;
using Support.Knowledge;
using Support.Models;
using Support.Questions;
using Support.Text;

namespace Support.Functions;

/// <summary>POST /ask {"question"}: what the desk would do with a question, without a chat. For `ask`, for editors, for checks.</summary>
public static class AskEndpoint
{
    public static void MapAsk(this IEndpointRouteBuilder app) => app.MapPost("/ask", AskAsync);

    private static async Task AskAsync(HttpContext context)
    {
        if (await Doors.TenantAsync(context) is not { } tenant)
            return;
        var question = (await Doors.ReadAsync(context, DeskJson.Default.AskBody))?.Question;
        if (!Doors.IsQuestion(question))
        {
            await Doors.ProblemAsync(context, StatusCodes.Status400BadRequest, "Write {\"question\": \"…\"}, at most 4,096 characters, none of them NUL.");
            return;
        }
        DeskNow now;
        await using (var transaction = await context.RequestServices.GetRequiredService<DeskDatabase>().BeginAsync(tenant, context.RequestAborted))
            now = await DeskNow.ReadAsync(transaction, context.RequestAborted);
        var decide = context.RequestServices.GetRequiredService<DecideAnswer>();
        var decided = await decide.DecideAsync(
            new QuestionToDecide(tenant, question, LanguageGuess.Of(question) ?? LanguageGuess.English, now.Change, now.Judged) { Use = new ModelUse(tenant) }, context.RequestAborted);
        await Doors.WriteAsync(context, StatusCodes.Status200OK, Answered.Of(question, decided, now.Judged, context.RequestServices.GetRequiredService<IOptions<ConfidenceOptions>>().Value), DeskJson.Default.Answered);
    }
}

public sealed record AskBody(string? Question);

/// <param name="Decision">answer, choose, ask_back or escalate.</param>
/// <param name="Answer">What the customer would read; for escalations the draft.</param>
/// <param name="Confidence">Orders answers; it is no percentage.</param>
/// <param name="Level">low, medium or high: the confidence in a word.</param>
/// <param name="Probability">As the company's own labels tell it; null without enough of them.</param>
public sealed record Answered(string Decision, string? Answer, double Confidence, string Level, double? Probability, string? Reason, string Language, IReadOnlyList<AnsweredPassage> Passages, IReadOnlyDictionary<string, double> Features)
{
    /// <summary>What the customer would be asked to choose from.</summary>
    public required IReadOnlyList<string> Choices { get; init; }

    /// <summary>What the question was read as; null when that is how it was written.</summary>
    public string? ReadAs { get; init; }

    public required IReadOnlyList<Because> Because { get; init; }

    public static Answered Of(string question, Decided decided, TenantConfidence judged, ConfidenceOptions options) => new(
        decided.Decision.Name,
        decided.Decision switch { Questions.Decision.Answer a => a.Text, Questions.Decision.Escalate e => e.Draft, _ => null },
        decided.Retrieved.Confidence,
        ConfidenceLevel.Of(decided.Retrieved.Confidence, options),
        judged.Probability(decided.Retrieved),
        (decided.Decision as Questions.Decision.Escalate)?.Reason,
        decided.Language,
        [.. decided.Retrieved.Passages.Select(p => new AnsweredPassage(p.Source, p.Title, p.Text, p.Link, Math.Round(p.Score, 4), p.Audience == Audience.Staff))],
        decided.Retrieved.Features)
    {
        Choices = decided.Decision is Questions.Decision.Choose choose ? Siblings.TitlesOf(choose.Among) : [],
        ReadAs = QuestionTrace.ReadAsOf(question, decided.Retrieved),
        Because = Explain.Of(decided.Retrieved.Features, decided.Retrieved.Shares, decided.Retrieved.WordsFound, decided.Retrieved.WordsMissing, decided.Language),
    };
}

public sealed record AnsweredPassage(string Source, string Title, string Text, string? Link, double Score, bool ForStaff);
