using System.Text.Json;
using Support.Jobs;

namespace Support.Questions;

/// <summary>Nobody could answer this conversation's question, whatever was tried: a person gets it.</summary>
public sealed class BuriedQuestion(AnswerQuestion answer) : IBuriedWakeUp
{
    public string Queue => Queues.Questions;

    public Task SettleAsync(TakenJob job, string why, CancellationToken cancellation) =>
        answer.GiveUpAsync(JsonSerializer.Deserialize(job.Body.Span, JobJson.Default.QuestionDue)!, cancellation);
}
