using System.Text.Json;
using Support.Jobs;
using Support.Questions;

namespace Support.Functions;

public sealed class AnswerQuestionEndpoint(AnswerQuestion handler)
{
    public async Task<Verdict> RunAsync(TakenJob job, CancellationToken cancellation) =>
        await handler.HandleAsync(JsonSerializer.Deserialize(job.Body.Span, JobJson.Default.QuestionDue)!, cancellation);
}
