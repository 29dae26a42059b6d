using Support.Knowledge.Written;

namespace Support.Ingestion;

public sealed class WriteQuestionsEndpoint(WriteChunkQuestions handler)
{
    public Task RunAsync(CancellationToken cancellation) => handler.RunAsync(cancellation);
}
