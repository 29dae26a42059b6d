using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Support.Contracts;
using Support.Database;
using Support.Jobs;
using Support.Knowledge;
using Support.Models;
using Support.Tenants;

namespace Support.Tests.Retrieval.Dense;

/// <summary>What a round does when a service fails: for one company, for one text, for a while, with nonsense, or too slowly.</summary>
public sealed class EmbedRoundsTests : IAsyncLifetime
{
    // None of these words stands in the passages.
    private const string InOtherWords = "хочу назад свои рубли";

    private static readonly (string Title, string Text)[] Faq = [("Возврат", "Мы возвращаем оплату за четырнадцать дней."), ("Доставка", "Курьер привезёт завтра."), ("Часы", "Мы открыты с девяти до шести.")];

    private readonly ConceptModels _models = new(["возвра", "рубли"], ["курьер", "привез"], ["открыт", "час"]);
    private readonly ManualClock _clock = new();
    private readonly RecordedLog _log = new();
    private KnowledgeDesk _desk = null!;
    private List<TenantId> _tenants = null!;

    public async ValueTask InitializeAsync()
    {
        _desk = await CreateAsync(database: null);
        List<TenantId> tenants = [await _desk.AddTenantAsync(), await _desk.AddTenantAsync(), await _desk.AddTenantAsync()];
        // As a round takes them.
        _tenants = [.. tenants.OrderBy(tenant => tenant.ToString(), StringComparer.Ordinal)];
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_company_whose_budget_is_spent_keeps_no_other_from_its_vectors()
    {
        await PublishAllAsync("faq", Faq);
        _models.Fails = (tenant, _) => tenant == _tenants[0] || tenant == _tenants[1] ? new ModelException(ModelFailure.OverBudget, "Spent.") : null;
        await EmbedAsync();
        Assert.Equal([0, 0, 3], await CountsAsync());
        _models.Fails = (_, _) => null;
        await EmbedAsync();
        Assert.Equal([3, 3, 3], await CountsAsync());
    }

    [Fact]
    public async Task A_service_that_fails_for_one_company_is_asked_about_one_text_of_the_next_and_then_goes_on()
    {
        await KnowSpaceAsync();
        _models.Fails = (tenant, _) => tenant == _tenants[0] ? new ModelException(ModelFailure.Unavailable, "Busy.") : null;
        await EmbedAsync();
        Assert.Equal([(_tenants[0], 3), (_tenants[1], 1), (_tenants[1], 2), (_tenants[2], 3)], Sizes());
        Assert.Equal([1, 4, 4], await CountsAsync());
    }

    [Fact]
    public async Task A_service_that_fails_for_two_companies_is_left_alone_and_the_next_round_begins_with_the_third()
    {
        await KnowSpaceAsync();
        _models.Fails = (tenant, _) => tenant == _tenants[2] ? null : new ModelException(ModelFailure.Unavailable, "Busy.");
        await EmbedAsync();
        Assert.Equal([(_tenants[0], 3), (_tenants[1], 1)], Sizes());
        _models.Calls.Clear();
        await EmbedAsync();
        Assert.Equal([(_tenants[2], 3), (_tenants[0], 3), (_tenants[1], 1)], Sizes());
        Assert.Equal([1, 1, 4], await CountsAsync());
    }

    [Fact]
    public async Task A_setting_that_is_wrong_is_asked_of_no_further_company()
    {
        await KnowSpaceAsync();
        _models.Fails = (_, _) => new ModelException(ModelFailure.Misconfigured, "Wrong key.");
        await EmbedAsync();
        Assert.Equal([(_tenants[0], 3)], Sizes());
    }

    [Fact]
    public async Task A_text_that_is_too_long_costs_no_other_its_vector_and_is_not_asked_again()
    {
        await _desk.PublishAsync(_tenants[0], "many", Audience.Customers, Many(100));
        _models.Fails = (_, texts) => texts.Any(IsLong) ? new ModelException(ModelFailure.Refused, "Too long.") : null;
        await EmbedAsync();
        Assert.Equal(99, await VectorsAsync(_tenants[0]));
        Assert.Equal(99, Texts().Count);
        var alone = _models.Calls.Count(call => call.Texts is [var text] && IsLong(text));
        Assert.Equal(1, alone);

        // Another document with the same text costs nothing either.
        _models.Calls.Clear();
        await _desk.PublishAsync(_tenants[0], "again", Audience.Customers, Many(100));
        await EmbedAsync();
        Assert.Empty(_models.Calls);
        static bool IsLong(string text) => text.Contains("номер 57.", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_refuses_whatever_it_is_sent_costs_no_text_its_vector()
    {
        await KnowSpaceAsync();
        _models.Fails = (_, _) => new ModelException(ModelFailure.Refused, "Not of this form.");
        await EmbedAsync();
        Assert.Equal([1, 1, 1], await RowsAsync());
        _models.Fails = (_, _) => null;
        await EmbedAsync();
        Assert.Equal([4, 4, 4], await CountsAsync());
    }

    public static TheoryData<string> Nonsense() => ["too short", "not a number", "zeros", "too few", "none"];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task While_a_service_answers_nonsense_nothing_is_stored_and_the_vectors_of_the_old_model_serve(string nonsense)
    {
        await _desk.PublishAsync(_tenants[0], "faq", Audience.Customers, Faq);
        await EmbedAsync();
        (_models.Model, _models.Others) = ("concepts-2", ["concepts-1"]);
        await using var restarted = await CreateAsync(Address());
        var calls = _models.Calls.Count;
        // How long its vectors are it still says, the first time or always: other lengths of all vectors would be another model.
        _models.Spoils = (texts, vectors) => _models.Calls.Count == calls + 1 || (nonsense == "too short" && !texts[0].Contains('\n', StringComparison.Ordinal)) ? vectors : Spoilt(nonsense, vectors);
        for (var i = 0; i < 4; i++)
            await EmbedAsync(restarted);

        Assert.Equal(["concepts-1", "concepts-1", "concepts-1"], await ModelsAsync());
        _models.Spoils = (_, vectors) => vectors;
        Assert.Equal("Возврат", (await restarted.AskAsync(_tenants[0], InOtherWords)).Passages[0].Title);
        Assert.Equal(("concepts-1", InOtherWords), _models.Embedded[^1]);

        await EmbedAsync(restarted);
        Assert.Equal(["concepts-2", "concepts-2", "concepts-2"], await ModelsAsync());
        Assert.Equal("Возврат", (await restarted.AskAsync(_tenants[0], InOtherWords)).Passages[0].Title);
    }

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task A_text_that_nothing_but_nonsense_comes_of_is_left_alone_after_three_rounds(string nonsense)
    {
        await _desk.PublishAsync(_tenants[0], "faq", Audience.Customers, Faq);
        _models.Spoils = (texts, vectors) => texts.Any(IsCourier) ? Spoilt(nonsense, vectors) : vectors;
        for (var i = 1; i <= 3; i++)
        {
            await EmbedAsync();
            Assert.Equal(i, _models.Calls.Count(call => call.Texts is [var text] && IsCourier(text)));
        }
        Assert.Equal(2, await VectorsAsync(_tenants[0]));
        await EmbedAsync();
        _models.Calls.Clear();
        await EmbedAsync();
        Assert.Empty(_models.Calls);
        Assert.Equal(3, await CountAsync(_tenants[0], "select count(*) from chunk_vector"));
        static bool IsCourier(string text) => text.Contains("Курьер", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task A_company_whose_texts_all_come_out_as_nonsense_is_left_alone_after_three_rounds_as_well(string nonsense)
    {
        await _desk.PublishAsync(_tenants[0], "faq", Audience.Customers, Faq);
        await _desk.PublishAsync(_tenants[1], "faq", Audience.Customers, Faq);
        await _desk.PublishAsync(_tenants[2], "one", Audience.Customers, ("Одно", "Только одно."));
        _models.Spoils = (texts, vectors) => texts.Any(IsTheirs) ? Spoilt(nonsense, vectors) : vectors;
        for (var i = 1; i <= 3; i++)
        {
            await EmbedAsync();
            Assert.Equal([3 * i, 3 * i, i], _tenants.Select(tenant => _models.Calls.Count(call => call.Tenant == tenant && call.Texts is [var text] && IsTheirs(text))));
        }
        Assert.Equal([0, 0, 0], await CountsAsync());
        await EmbedAsync();
        _models.Calls.Clear();
        await EmbedAsync();
        Assert.Empty(_models.Calls);

        // What is published later is asked about all the same.
        _models.Spoils = (_, vectors) => vectors;
        await _desk.PublishAsync(_tenants[0], "more", Audience.Customers, ("Ещё", "Ещё одно."));
        await EmbedAsync();
        Assert.Equal([1, 0, 0], await CountsAsync());
        static bool IsTheirs(string text) => Faq.Any(one => text.Contains(one.Text, StringComparison.Ordinal)) || text.Contains("Только", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_texts_that_come_out_as_nonsense_three_a_round_are_tried_alone()
    {
        await _desk.PublishAsync(_tenants[0], "many", Audience.Customers, Many(20));
        _models.Spoils = (texts, vectors) => texts.Any(text => text.Contains("номер", StringComparison.Ordinal)) ? Spoilt("zeros", vectors) : vectors;
        for (var i = 0; i < 3; i++)
            await EmbedAsync();
        Assert.Equal(3, await CountAsync(_tenants[0], "select count(*) from chunk_vector where failures = 3"));
        Assert.Equal([3, 0, 0], await RowsAsync());
    }

    [Fact]
    public async Task A_text_that_came_out_wrong_once_gets_its_vector_with_the_next_round()
    {
        await _desk.PublishAsync(_tenants[0], "faq", Audience.Customers, Faq);
        _models.Spoils = (texts, vectors) => texts.Any(text => text.Contains("Курьер", StringComparison.Ordinal)) ? Spoilt("not a number", vectors) : vectors;
        await EmbedAsync();
        _models.Spoils = (_, vectors) => vectors;
        await EmbedAsync();
        Assert.Equal(3, await VectorsAsync(_tenants[0]));
        Assert.Equal("Доставка", (await _desk.AskAsync(_tenants[0], "привез")).Passages[0].Title);
    }

    [Fact]
    public async Task A_new_model_that_takes_hardly_any_text_does_not_displace_the_old_one()
    {
        await _desk.PublishAsync(_tenants[0], "faq", Audience.Customers, Faq);
        await EmbedAsync();
        (_models.Model, _models.Others) = ("concepts-2", ["concepts-1"]);
        _models.Fails = (_, texts) => texts.Any(text => text.Contains('\n', StringComparison.Ordinal) && !text.Contains("Часы", StringComparison.Ordinal)) ? new ModelException(ModelFailure.Refused, "Too long.") : null;
        await using var restarted = await CreateAsync(Address());
        await EmbedAsync(restarted);
        Assert.Equal("Возврат", (await restarted.AskAsync(_tenants[0], InOtherWords)).Passages[0].Title);
        Assert.Equal(("concepts-1", InOtherWords), _models.Embedded[^1]);
        _models.Calls.Clear();
        await EmbedAsync(restarted);
        Assert.Empty(_models.Calls);
    }

    [Fact]
    public async Task The_log_says_how_many_texts_were_embedded_and_how_many_were_refused()
    {
        await _desk.PublishAsync(_tenants[0], "many", Audience.Customers, Many(10));
        _models.Fails = (_, texts) => texts.Any(text => text.Contains("номер 3", StringComparison.Ordinal) || text.Contains("номер 7", StringComparison.Ordinal)) ? new ModelException(ModelFailure.Refused, "Too long.") : null;
        await EmbedAsync();
        Assert.Contains("8 texts were embedded with concepts-1; 0 were not and are asked about again, 2 were refused or never came out right.", _log.All, StringComparison.Ordinal);
        Assert.Contains(_log.Warnings, warning => warning.Contains("2 texts got no vector from concepts-1", StringComparison.Ordinal) && warning.Contains("Support__Models__Embedding__Model", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_that_comes_out_as_nonsense_is_warned_of_when_it_is_left_alone()
    {
        await _desk.PublishAsync(_tenants[0], "faq", Audience.Customers, Faq);
        _models.Spoils = (texts, vectors) => texts.Any(text => text.Contains("Курьер", StringComparison.Ordinal)) ? Spoilt("zeros", vectors) : vectors;
        for (var i = 0; i < 2; i++)
            await EmbedAsync();
        Assert.Contains("2 texts were embedded with concepts-1; 1 were not and are asked about again, 0 were refused", _log.All, StringComparison.Ordinal);
        Assert.Empty(_log.Warnings);
        for (var i = 0; i < 2; i++)
            await EmbedAsync();
        Assert.Contains("1 texts got no vector from concepts-1", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Texts_that_get_no_vector_do_not_count_as_a_change_of_the_knowledge(bool isRefused)
    {
        await _desk.PublishAsync(_tenants[0], "faq", Audience.Customers, Faq);
        var published = await ChangeAsync();
        _models.Fails = (_, texts) => isRefused && texts.Any(text => text.Contains('\n', StringComparison.Ordinal)) ? new ModelException(ModelFailure.Refused, "Too long.") : null;
        _models.Spoils = (texts, vectors) => !isRefused && texts.Any(text => Faq.Any(one => text.Contains(one.Text, StringComparison.Ordinal))) ? Spoilt("zeros", vectors) : vectors;
        for (var i = 0; i < 5; i++)
            await EmbedAsync();
        Assert.Equal([3, 0, 0], await RowsAsync());
        Assert.Equal(published, await ChangeAsync());

        (_models.Fails, _models.Spoils) = ((_, _) => null, (_, vectors) => vectors);
        await _desk.PublishAsync(_tenants[0], "more", Audience.Customers, ("Возвраты", "Ещё о деньгах."));
        await EmbedAsync();
        Assert.Equal(published + 2, await ChangeAsync());
        Assert.Equal("Возвраты", (await _desk.AskAsync(_tenants[0], InOtherWords)).Passages[0].Title);
    }

    [Fact]
    public async Task A_company_without_texts_has_no_change_of_its_knowledge()
    {
        await _desk.RemoveAsync(_tenants[0], await _desk.PublishAsync(_tenants[0], "faq", Audience.Customers, Faq));
        var removed = await ChangeAsync();
        await EmbedAsync();
        Assert.Equal(removed, await ChangeAsync());
    }

    [Fact]
    public async Task After_a_timeout_half_as_many_are_sent_and_more_again_while_it_goes_well()
    {
        await _desk.PublishAsync(_tenants[0], "many", Audience.Customers, Many(150));
        var slow = 2;
        _models.Fails = (_, texts) => texts.Count > 1 && slow-- > 0 ? TimedOut() : null;
        await EmbedAsync();
        Assert.Equal([64, 32, 16, 16, 16, 16, 32, 32, 22], _models.Calls.Skip(1).Select(call => call.Texts.Count));
        Assert.Equal(150, await VectorsAsync(_tenants[0]));
    }

    [Fact]
    public async Task A_service_that_is_always_too_slow_is_asked_about_ever_fewer_down_to_one_and_no_more_with_the_next_round()
    {
        await _desk.PublishAsync(_tenants[0], "many", Audience.Customers, Many(150));
        _models.Fails = (_, texts) => texts[0].Contains('\n', StringComparison.Ordinal) ? TimedOut() : null;
        await EmbedAsync();
        Assert.Equal([64, 32, 16, 8, 4, 2, 1], _models.Calls.Skip(1).Select(call => call.Texts.Count));
        _models.Calls.Clear();
        await EmbedAsync();
        Assert.Equal([1], _models.Calls.Select(call => call.Texts.Count));
        Assert.Equal([0, 0, 0], await RowsAsync());
    }

    [Fact]
    public async Task The_lease_is_held_on_longer_before_each_call()
    {
        await _desk.PublishAsync(_tenants[0], "many", Audience.Customers, Many(20));
        var left = new List<double>();
        _models.Before = async (texts, _) =>
        {
            if (!texts[0].Contains('\n', StringComparison.Ordinal))
                return;
            left.Add(await SecondsLeftAsync());
            await ExecuteAsync("update lease set until = now() + interval '5 seconds'");
        };
        // Nothing is stored in between, which would hold it as well.
        _models.Fails = (_, texts) => texts.Count > 5 ? TimedOut() : null;
        await EmbedAsync();
        Assert.Equal([20, 10, 5, 5, 5, 5], _models.Calls.Skip(1).Select(call => call.Texts.Count));
        Assert.All(left, seconds => Assert.InRange(seconds, 60, 90));
    }

    [Fact]
    public async Task The_lease_is_held_on_longer_while_a_call_lasts()
    {
        await _desk.PublishAsync(_tenants[0], "faq", Audience.Customers, Faq);
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
        await ExecuteAsync("update lease set until = now() + interval '5 seconds'");
        _clock.Advance(await _clock.ArmedAsync(Lease.Length / 3));
        await Eventually.HoldsAsync(async () => await SecondsLeftAsync() > 60, "the lease is held on");
        go.SetResult();
        await embedding;
        Assert.Equal(3, await VectorsAsync(_tenants[0]));
    }

    [Fact]
    public async Task Who_has_lost_the_lease_gives_up_the_call_and_writes_nothing()
    {
        await _desk.PublishAsync(_tenants[0], "faq", Audience.Customers, Faq);
        var (reached, givenUp) = (new TaskCompletionSource(), false);
        _models.Before = async (texts, cancellation) =>
        {
            if (texts.Count == 1)
                return;
            reached.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            }
            finally
            {
                givenUp = true;
            }
        };
        var embedding = EmbedAsync();
        await reached.Task;
        await ExecuteAsync("update lease set token = gen_random_uuid()");
        _clock.Advance(await _clock.ArmedAsync(Lease.Length / 3));
        await embedding.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.True(givenUp);
        Assert.Equal([0, 0, 0], await RowsAsync());
    }

    [Fact]
    public async Task What_comes_after_the_lease_was_lost_is_not_stored_and_nothing_more_is_asked()
    {
        await _desk.PublishAsync(_tenants[0], "many", Audience.Customers, Many(150));
        _models.Before = (texts, _) => texts.Count == 1 ? Task.CompletedTask : ExecuteAsync("update lease set token = gen_random_uuid()");
        await EmbedAsync();
        Assert.Equal([64], _models.Calls.Skip(1).Select(call => call.Texts.Count));
        Assert.Equal([0, 0, 0], await RowsAsync());
        // The other's is left to it.
        Assert.InRange(await SecondsLeftAsync(), 1, 90);
    }

    private static (string Title, string Text)[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => ($"Пункт {i}", $"Текст номер {i}."))];

    private static ModelException TimedOut() => new(ModelFailure.Unavailable, "No answer.") { IsTimeout = true };

    private static List<float[]> Spoilt(string how, List<float[]> vectors) => how switch
    {
        "too short" => vectors.ConvertAll(vector => vector[1..]),
        "not a number" => vectors.ConvertAll(vector => vector.Select((number, i) => i == 1 ? float.NaN : number).ToArray()),
        "zeros" => vectors.ConvertAll(vector => new float[vector.Length]),
        "too few" => vectors[1..],
        "none" => [],
        _ => throw new ArgumentOutOfRangeException(nameof(how)),
    };

    /// <summary>A first round has asked how long vectors are, and three more texts of each company wait.</summary>
    private async Task KnowSpaceAsync()
    {
        await PublishAllAsync("first", [("Первое", "Самое первое.")]);
        await EmbedAsync();
        await PublishAllAsync("faq", Faq);
        _models.Calls.Clear();
    }

    private async Task PublishAllAsync(string name, (string Title, string Text)[] chunks)
    {
        foreach (var tenant in _tenants)
            await _desk.PublishAsync(tenant, name, Audience.Customers, chunks);
    }

    private Task<KnowledgeDesk> CreateAsync(string? database) => KnowledgeDesk.CreateAsync([], (services, _) =>
    {
        services.AddLogging(logging => logging.AddProvider(_log));
        services.Replace(ServiceDescriptor.Singleton<IModels>(_models));
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock));
    }, database);

    private string Address() => _desk.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.ConnectionString;

    private Task EmbedAsync(KnowledgeDesk? desk = null) => (desk ?? _desk).Services.GetRequiredService<EmbedChunks>().RunAsync(CancellationToken.None);

    private List<(TenantId Tenant, int Texts)> Sizes() => [.. _models.Calls.Where(call => call.Texts[0].Contains('\n', StringComparison.Ordinal)).Select(call => (call.Tenant, call.Texts.Count))];

    private List<string> Texts() => [.. _models.Embedded.Select(one => one.Text).Where(text => text.Contains('\n', StringComparison.Ordinal))];

    private Task<long> VectorsAsync(TenantId tenant) => CountAsync(tenant, "select count(*) from chunk_vector where vector is not null");

    private async Task<List<long>> CountsAsync() => [await VectorsAsync(_tenants[0]), await VectorsAsync(_tenants[1]), await VectorsAsync(_tenants[2])];

    /// <summary>Texts without a vector included.</summary>
    private async Task<List<long>> RowsAsync()
    {
        const string Rows = "select count(*) from chunk_vector";
        return [await CountAsync(_tenants[0], Rows), await CountAsync(_tenants[1], Rows), await CountAsync(_tenants[2], Rows)];
    }

    private Task<IReadOnlyList<string>> ModelsAsync() => _desk.InAsync(_tenants[0], async transaction => await transaction.QueryAsync<string>("select model from chunk_vector", null, CancellationToken.None));

    private Task<long> CountAsync(TenantId tenant, string query) => _desk.InAsync(tenant, async transaction => await transaction.FirstAsync<long>(query, null, CancellationToken.None));

    private Task<long> ChangeAsync() => _desk.InAsync(_tenants[0], async transaction => await transaction.FirstAsync<long>("select knowledge_change from tenant", null, CancellationToken.None));

    private async Task<double> SecondsLeftAsync()
    {
        await using var command = _desk.Database.Source.CreateCommand("select extract(epoch from until - now())::float8 from lease where name like 'vectors:%'");
        return (double)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using NpgsqlCommand command = _desk.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
