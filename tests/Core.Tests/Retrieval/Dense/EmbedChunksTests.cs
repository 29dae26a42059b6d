using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Support.Contracts;
using Support.Database;
using Support.Jobs;
using Support.Knowledge;
using Support.Models;
using Support.Retrieval;
using Support.Retrieval.Dense;
using Support.Tenants;

namespace Support.Tests.Retrieval.Dense;

public sealed class EmbedChunksTests : IAsyncLifetime
{
    // None of these words stands in the passages.
    private const string InOtherWords = "хочу назад свои рубли";

    private static readonly (string Title, string Text)[] Faq = [("Возврат", "Мы возвращаем оплату за четырнадцать дней."), ("Доставка", "Курьер привезёт завтра."), ("Часы", "Мы открыты с девяти до шести.")];

    private readonly ConceptModels _models = new(["возвра", "рубли"], ["курьер", "привез"], ["открыт", "час"]);
    private readonly ManualClock _clock = new();
    private KnowledgeDesk _desk = null!;
    private TenantId _tenant;

    public async ValueTask InitializeAsync()
    {
        _desk = await CreateAsync(database: null);
        _tenant = await _desk.AddTenantAsync();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_passage_is_found_by_what_it_means_once_its_chunk_is_embedded()
    {
        await _desk.PublishAsync(_tenant, "faq", Audience.Customers, Faq);
        Assert.Empty((await _desk.AskAsync(_tenant, InOtherWords)).Passages);

        await EmbedAsync();

        var found = await _desk.AskAsync(_tenant, InOtherWords);
        Assert.Equal("Возврат", found.Passages[0].Title);
        Assert.True(found.Features[DenseFeatures.First] > .9);
        Assert.True(found.Features[DenseFeatures.Gap] > .5);
    }

    [Fact]
    public async Task What_is_for_staff_or_removed_is_found_by_no_customer_however_near_it_is()
    {
        var document = await _desk.PublishAsync(_tenant, "faq", Audience.Staff, Faq);
        await EmbedAsync();
        Assert.Empty((await _desk.AskAsync(_tenant, InOtherWords)).Passages);
        Assert.NotEmpty((await _desk.AskAsync(_tenant, InOtherWords, Audience.Staff)).Passages);
        await _desk.RemoveAsync(_tenant, document);
        Assert.Empty((await _desk.AskAsync(_tenant, InOtherWords, Audience.Staff)).Passages);
    }

    [Fact]
    public async Task A_text_that_comes_again_is_not_embedded_again()
    {
        var document = await _desk.PublishAsync(_tenant, "faq", Audience.Customers, Faq);
        await EmbedAsync();
        await _desk.RemoveAsync(_tenant, document);
        await EmbedAsync();
        await _desk.PublishAsync(_tenant, "another", Audience.Customers, [.. Faq, ("Оплата", "Картой.")]);
        await EmbedAsync();
        Assert.Equal(["Возврат", "Доставка", "Оплата", "Часы"], Texts().Select(text => text.Split('\n')[0]).Order(StringComparer.Ordinal));
        Assert.Equal("Возврат", (await _desk.AskAsync(_tenant, InOtherWords)).Passages[0].Title);
    }

    [Fact]
    public async Task A_vector_that_nothing_uses_goes_after_a_week()
    {
        var document = await _desk.PublishAsync(_tenant, "faq", Audience.Customers, Faq);
        await EmbedAsync();
        await _desk.RemoveAsync(_tenant, document);
        await EmbedAsync();
        Assert.Equal(3, await VectorsAsync());
        _clock.Advance(TimeSpan.FromDays(8));
        await EmbedAsync();
        Assert.Equal(0, await VectorsAsync());
    }

    [Fact]
    public async Task A_model_that_is_away_holds_up_nothing_and_is_asked_again()
    {
        _models.Before = (_, _) => throw new ModelException(ModelFailure.Unavailable, "Busy.");
        await _desk.PublishAsync(_tenant, "faq", Audience.Customers, Faq);
        await EmbedAsync();
        Assert.Equal("Доставка", (await _desk.AskAsync(_tenant, "курьер")).Passages[0].Title);
        Assert.Equal(0, await VectorsAsync());
        _models.Before = null;
        await EmbedAsync();
        Assert.Equal(3, await VectorsAsync());
    }

    [Fact]
    public async Task What_was_stored_before_a_process_died_is_not_embedded_again()
    {
        await _desk.PublishAsync(_tenant, "faq", Audience.Customers, [.. Enumerable.Range(0, 150).Select(i => ($"Пункт {i}", $"Текст номер {i}."))]);
        var calls = 0;
        _models.Before = (texts, _) => texts.Count > 1 && ++calls == 3 ? throw new OperationCanceledException() : Task.CompletedTask;
        await Assert.ThrowsAsync<OperationCanceledException>(() => EmbedAsync());
        Assert.Equal(128, await VectorsAsync());
        await using var next = await CreateAsync(Address());
        await EmbedAsync(next);
        Assert.Equal(150, await VectorsAsync());
        Assert.Equal(150, Texts().Count);
        Assert.Equal(150, Texts().Distinct().Count());
    }

    [Fact]
    public async Task The_old_models_vectors_serve_until_those_of_the_new_one_are_complete()
    {
        await _desk.PublishAsync(_tenant, "faq", Audience.Customers, Faq);
        await EmbedAsync();
        _models.Model = "concepts-2";
        _models.More = 9;
        await using var restarted = await CreateAsync(Address());

        // The service answers with the new model only: words alone are searched.
        var withoutOld = await restarted.AskAsync(_tenant, "курьер");
        Assert.Equal(1, withoutOld.Features[DenseFeatures.Failed]);
        Assert.Equal("Доставка", withoutOld.Passages[0].Title);

        // It still has the old one.
        (_models.Others, _models.More) = (["concepts-1"], 4);
        Assert.Equal("Возврат", (await restarted.AskAsync(_tenant, InOtherWords)).Passages[0].Title);
        Assert.Equal(("concepts-1", InOtherWords), _models.Embedded[^1]);

        _models.More = 9;
        await EmbedAsync(restarted);
        Assert.Equal("Возврат", (await restarted.AskAsync(_tenant, InOtherWords)).Passages[0].Title);
        Assert.Equal(("concepts-2", InOtherWords), _models.Embedded[^1]);
        Assert.Equal(3, await VectorsAsync());
    }

    [Fact]
    public async Task A_text_that_the_model_refuses_costs_no_other_its_vector_and_is_asked_once()
    {
        _models.Refuses = text => text.Contains("Курьер", StringComparison.Ordinal);
        await _desk.PublishAsync(_tenant, "faq", Audience.Customers, Faq);
        await EmbedAsync();
        var asked = 0;
        _models.Before = (_, _) => Task.FromResult(++asked);
        await EmbedAsync();
        Assert.Equal(0, asked);
        Assert.Equal(2, Texts().Count);
        Assert.Equal("Возврат", (await _desk.AskAsync(_tenant, InOtherWords)).Passages[0].Title);
        Assert.Equal("Доставка", (await _desk.AskAsync(_tenant, "курьер")).Passages[0].Title);
    }

    [Fact]
    public async Task Another_process_passes_over_a_company_that_is_being_embedded()
    {
        await _desk.PublishAsync(_tenant, "faq", Audience.Customers, Faq);
        await using var other = await CreateAsync(Address());
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _models.Before = (texts, _) =>
        {
            if (texts.Count == 1)
                return Task.CompletedTask;
            reached.TrySetResult();
            return go.Task;
        };
        var embedding = EmbedAsync();
        await reached.Task;
        await EmbedAsync(other);
        go.SetResult();
        await embedding;
        Assert.Equal(3, Texts().Count);
    }

    [Fact]
    public async Task Postgres_hashes_what_the_model_reads()
    {
        await _desk.PublishAsync(_tenant, "faq", Audience.Customers, ("Возврат", "За 14 дней. \\ ' \n €"), ("", "Без названия."));
        var hashes = await _desk.InAsync(_tenant, async transaction => await transaction.QueryAsync<byte[]>("select embedded_hash from chunk order by ordinal", null, CancellationToken.None));
        Assert.Equal(
            new[] { EmbeddedText.Of("Возврат", "За 14 дней. \\ ' \n €"), EmbeddedText.Of("", "Без названия.") }.Select(text => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))),
            hashes);
    }

    [Fact]
    public async Task Without_a_model_nothing_is_embedded_and_nothing_is_said_of_it()
    {
        _models.Model = null;
        await _desk.PublishAsync(_tenant, "faq", Audience.Customers, Faq);
        await EmbedAsync();
        var found = await _desk.AskAsync(_tenant, "курьер");
        Assert.Empty(_models.Embedded);
        Assert.DoesNotContain(found.Features.Keys, name => name.StartsWith("dense", StringComparison.Ordinal));
    }

    private Task<KnowledgeDesk> CreateAsync(string? database) => KnowledgeDesk.CreateAsync([], (services, _) =>
    {
        services.Replace(ServiceDescriptor.Singleton<IModels>(_models));
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock));
    }, database);

    private string Address() => _desk.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.ConnectionString;

    private Task EmbedAsync(KnowledgeDesk? desk = null) => (desk ?? _desk).Services.GetRequiredService<EmbedChunks>().RunAsync(CancellationToken.None);

    /// <summary>Of chunks: without questions, and without what a model is asked for its vectors' length.</summary>
    private List<string> Texts() => [.. _models.Embedded.Select(one => one.Text).Where(text => text.Contains('\n', StringComparison.Ordinal))];

    private Task<long> VectorsAsync() => _desk.InAsync(_tenant, async transaction => await transaction.FirstAsync<long>("select count(*) from chunk_vector", null, CancellationToken.None));
}
