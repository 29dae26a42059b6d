using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Contracts;
using Support.Models;
using Support.Retrieval;
using Support.Retrieval.Dense;
using Support.Tenants;

namespace Support.Tests.Retrieval.Dense;

public sealed class QuestionVectorsTests
{
    private static readonly TenantId Tenant = new(Guid.NewGuid());
    private static readonly VectorSpace Space = new("concepts-1", 6);

    private readonly ConceptModels _models = new(["возврат"], ["курьер"]);
    private readonly ManualClock _clock = new();
    private readonly RetrievalOptions _options = new();

    [Fact]
    public async Task A_question_that_is_asked_again_is_embedded_once_for_each_company()
    {
        var questions = Create();
        var first = await AskAsync(questions, "какой возврат");
        var second = await AskAsync(questions, "какой возврат");
        Assert.Equal(first!.Vector, second!.Vector);
        Assert.Single(_models.Embedded);
        await questions.OfAsync(new TenantId(Guid.NewGuid()), Space, new AskedQuestion("какой возврат"), CancellationToken.None);
        Assert.Equal(2, _models.Embedded.Count);
    }

    [Fact]
    public async Task Of_many_questions_the_one_not_asked_for_longest_is_forgotten()
    {
        var questions = Create();
        await AskAsync(questions, "первый");
        await AskAsync(questions, "второй");
        for (var i = 0; i < 126; i++)
            await AskAsync(questions, $"вопрос {i}");
        await AskAsync(questions, "первый");
        await AskAsync(questions, "ещё один");
        var before = _models.Embedded.Count;
        await AskAsync(questions, "первый");
        Assert.Equal(before, _models.Embedded.Count);
        await AskAsync(questions, "второй");
        Assert.Equal(before + 1, _models.Embedded.Count);
    }

    [Fact]
    public async Task What_may_leave_is_embedded_and_not_the_text()
    {
        await Create().OfAsync(Tenant, Space, new AskedQuestion("мой номер +7 900 000-00-00"), CancellationToken.None);
        Assert.Equal("мой номер [phone]", Assert.Single(_models.Embedded).Text);
    }

    [Fact]
    public async Task A_model_that_does_not_answer_is_not_waited_for()
    {
        _models.Before = (_, _) => new TaskCompletionSource().Task;
        var asking = AskAsync(Create(), "какой возврат");
        _clock.Advance(await _clock.ArmedAsync(_options.EmbeddingPatience));
        Assert.Null(await asking);
    }

    [Fact]
    public async Task Whoever_stops_waiting_is_not_told_that_the_model_failed()
    {
        using var stopping = new CancellationTokenSource();
        _models.Before = (_, _) => new TaskCompletionSource().Task;
        var asking = Create().OfAsync(Tenant, Space, new AskedQuestion("какой возврат"), stopping.Token).AsTask();
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [InlineData("concepts-1", 7)]
    [InlineData("concepts-0", 6)]
    public async Task A_vector_of_another_length_or_model_is_not_used(string model, int length)
    {
        // The service answers as concepts-1 with six numbers, whatever it is asked for.
        Assert.Null(await Create().OfAsync(Tenant, new VectorSpace(model, length), new AskedQuestion("какой возврат"), CancellationToken.None));
    }

    [Fact]
    public async Task A_failure_is_not_remembered()
    {
        var questions = Create();
        _models.Before = (_, _) => throw new ModelException(ModelFailure.OverBudget, "Spent.");
        Assert.Null(await AskAsync(questions, "какой возврат"));
        _models.Before = null;
        Assert.NotNull(await AskAsync(questions, "какой возврат"));
    }

    [Fact]
    public void With_a_weight_of_0_nothing_is_asked()
    {
        Assert.True(Create().AreWanted);
        _options.DenseWeight = 0;
        Assert.False(Create().AreWanted);
    }

    private Task<DenseQuestion?> AskAsync(QuestionVectors questions, string text) => questions.OfAsync(Tenant, Space, new AskedQuestion(text), CancellationToken.None).AsTask();

    private QuestionVectors Create() => new(_models, Options.Create(_options), _clock, NullLogger<QuestionVectors>.Instance);
}
