using Microsoft.Extensions.DependencyInjection;
using Support.Contracts;
using Support.Knowledge;
using Support.Labels;
using Support.Replay;
using Support.Tenants;

namespace Support.Tests.Replay;

/// <summary>A history asked of a real PostgreSQL's documents.</summary>
public sealed class ReplayHistoryTests : IAsyncLifetime
{
    private const string Lamp = "How do I return a lamp?";
    private const string Margin = "What is the margin of the dealer for violins?";

    private KnowledgeDesk _desk = null!;
    private TenantId _tenant;

    public async ValueTask InitializeAsync()
    {
        _desk = await KnowledgeDesk.CreateAsync([], (_, _) => { });
        _tenant = await _desk.AddTenantAsync();
        await _desk.PublishAsync(_tenant, "returns.md", Audience.Customers,
            (Lamp, "You can return a lamp within 14 days. Bring it with the receipt to any shop."),
            ("How long does delivery take?", "Delivery within the city takes 2 days."));
        await _desk.PublishAsync(_tenant, "staff.md", Audience.Staff, (Margin, "The margin of the dealer for violins is forty percent."));
    }

    [Fact]
    public async Task Each_question_is_decided_as_the_desk_would_today_beside_what_a_person_answered()
    {
        var replayed = await ReplayAsync(new ExportFile().Chat(5)
            .Customer(Lamp).Staff("In two weeks.")
            .Customer(Margin, after: 60).Staff("I must not say.")
            .Customer("Why did the lamp break?", after: 60, change: ExportFile.Photo).Staff("", change: ExportFile.Photo)
            .Customer("Call a human please", after: 60).Staff("Here I am."));

        Assert.Equal((1, 0, 3, 4), (replayed.Answered, replayed.AskedBack, replayed.HandedOver, replayed.Found));
        Assert.Equal([("escalate", "customer_asked"), ("escalate", "unsupported_media"), ("escalate", "low_confidence"), ("answer", null)],
            replayed.Questions.Select(q => (q.Decision, q.Reason)));
        var answered = replayed.Questions[3];
        Assert.Equal("You can return a lamp within 14 days. Bring it with the receipt to any shop.", answered.Says);
        Assert.Equal(("In two weeks.", "returns.md", Lamp), (answered.Answered, answered.Passage!.Source, answered.Passage.Title));
        Assert.DoesNotContain(replayed.Questions, q => q.Says?.Contains("forty", StringComparison.Ordinal) == true || q.Passage?.Source == "staff.md");
        Assert.Equal(["Person 900"], replayed.Staff.Select(one => one.Name));
        Assert.Equal(0, await CountAsync("question") + await CountAsync("message") + await CountAsync("label"));
    }

    [Fact]
    public async Task A_label_holds_what_the_desk_itself_sees_and_the_last_word_counts()
    {
        var file = new ExportFile().Chat(5).Customer(Lamp).Staff("In two weeks.");
        var before = (await ReplayAsync(file)).Questions.Single();
        Assert.Null(before.Verdict);
        var say = _desk.Services.GetRequiredService<LabelReplayed>();

        Assert.True(await say.SayAsync(_tenant, before.Question, before.Passage!.Chunk, LabelVerdict.Wrong, CancellationToken.None));
        Assert.True(await say.SayAsync(_tenant, before.Question, before.Passage.Chunk, LabelVerdict.Partly, CancellationToken.None));

        Assert.Equal("partly", (await ReplayAsync(file)).Questions.Single().Verdict);
        var found = await _desk.AskAsync(_tenant, Lamp);
        var label = Assert.Single(await _desk.InAsync(_tenant, tx => tx.QueryAsync<Kept>(
            "select source, verdict, confidence, (features ->> 'coverage')::double precision as coverage, is_first, knowledge_change, passage_hash, question from label", null, CancellationToken.None)));
        Assert.Equal(("replay", (short)LabelVerdict.Partly, true, 2L, Lamp), (label.Source, label.Verdict, label.IsFirst, label.KnowledgeChange, label.Question));
        Assert.Equal(found.Confidence, label.Confidence, 6);
        Assert.Equal(found.Features["coverage"], label.Coverage, 5);
        Assert.Equal(PassageHash.Of(found.Passages[0].Title, found.Passages[0].Text), label.PassageHash);
    }

    [Fact]
    public async Task Of_a_passage_that_is_not_found_any_more_or_is_another_companys_nothing_is_kept()
    {
        var other = await _desk.AddTenantAsync();
        await _desk.PublishAsync(other, "returns.md", Audience.Customers, (Lamp, "Never."));
        var theirs = (await _desk.AskAsync(other, Lamp)).Passages[0].ChunkId;
        var staff = (await _desk.AskAsync(_tenant, Margin, Audience.Staff)).Passages[0].ChunkId;
        var say = _desk.Services.GetRequiredService<LabelReplayed>();

        Assert.False(await say.SayAsync(_tenant, Lamp, theirs, LabelVerdict.Right, CancellationToken.None));
        Assert.False(await say.SayAsync(_tenant, Margin, staff, LabelVerdict.Right, CancellationToken.None));
        var own = (await _desk.AskAsync(_tenant, Lamp)).Passages[0].ChunkId;
        Assert.False(await say.ChooseAsync(_tenant, Lamp, theirs, null, CancellationToken.None));
        Assert.False(await say.ChooseAsync(_tenant, Lamp, own, theirs, CancellationToken.None));
        Assert.False(await say.ChooseAsync(_tenant, Margin, staff, null, CancellationToken.None));

        Assert.Equal(0, await CountAsync("label"));
    }

    [Fact]
    public async Task Of_a_choice_the_chosen_passage_is_right_and_the_first_one_wrong_as_when_a_customer_chooses()
    {
        var file = await OfferAsync();
        var offered = (await ReplayAsync(file)).Questions.Single();
        Assert.Equal(("choose", null, null), (offered.Decision, offered.Verdict, offered.Chosen));
        Assert.Equal(offered.Says!.Split('\n'), offered.Choices.Select(choice => choice.Title));
        Assert.Equal(offered.Passage!.Chunk, offered.Choices[0].Chunk);
        var second = offered.Choices[1];
        var say = _desk.Services.GetRequiredService<LabelReplayed>();

        Assert.True(await say.ChooseAsync(_tenant, offered.Question, offered.Passage.Chunk, second.Chunk, CancellationToken.None));

        Assert.Equal([(offered.Passage.Chunk, (short)LabelVerdict.Wrong, true), (second.Chunk, (short)LabelVerdict.Right, false)], await SaidAsync(offered));
        var again = (await ReplayAsync(file)).Questions.Single();
        Assert.Equal(("chosen", second.Chunk), (again.Verdict, again.Chosen));
    }

    [Fact]
    public async Task Of_a_choice_the_last_word_counts_and_none_leaves_nothing_right()
    {
        var file = await OfferAsync();
        var offered = (await ReplayAsync(file)).Questions.Single();
        var first = offered.Passage!.Chunk;
        var say = _desk.Services.GetRequiredService<LabelReplayed>();

        Assert.True(await say.ChooseAsync(_tenant, offered.Question, first, offered.Choices[1].Chunk, CancellationToken.None));
        Assert.True(await say.ChooseAsync(_tenant, offered.Question, first, first, CancellationToken.None));
        Assert.Equal([(first, (short)LabelVerdict.Right, true)], await SaidAsync(offered));

        Assert.True(await say.ChooseAsync(_tenant, offered.Question, first, offered.Choices[1].Chunk, CancellationToken.None));
        Assert.True(await say.ChooseAsync(_tenant, offered.Question, first, null, CancellationToken.None));
        Assert.Equal([(first, (short)LabelVerdict.Wrong, true)], await SaidAsync(offered));
        Assert.Equal(("none", null), ((await ReplayAsync(file)).Questions.Single().Verdict, (await ReplayAsync(file)).Questions.Single().Chosen));
    }

    [Fact]
    public async Task Of_several_who_choose_at_once_one_has_the_last_word()
    {
        var offered = (await ReplayAsync(await OfferAsync())).Questions.Single();
        var (first, second) = (offered.Choices[0].Chunk, offered.Choices[1].Chunk);
        var say = _desk.Services.GetRequiredService<LabelReplayed>();

        var said = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => say.ChooseAsync(_tenant, offered.Question, first, i % 2 == 0 ? first : second, CancellationToken.None)));

        Assert.All(said, Assert.True);
        var kept = (await SaidAsync(offered)).Select(label => (label.Chunk, label.Verdict)).ToHashSet();
        Assert.True(
            kept.SetEquals([(first, (short)LabelVerdict.Right)]) || kept.SetEquals([(first, (short)LabelVerdict.Wrong), (second, (short)LabelVerdict.Right)]),
            $"Two words were mixed: {string.Join(", ", kept)}");
    }

    [Fact]
    public async Task Of_what_is_asked_back_no_passage_is_judged_for_none_would_be_shown()
    {
        // «Почему?» in the other keyboard layout: that it asks nothing shows only when it is read.
        var asked = (await ReplayAsync(new ExportFile().Chat(6).Customer("Gjxtve?").Staff("Because."))).Questions.Single();
        Assert.Equal(("ask_back", null), (asked.Decision, asked.Passage));
    }

    [Fact]
    public async Task A_choice_of_before_the_documents_changed_is_not_kept()
    {
        var offered = (await ReplayAsync(await OfferAsync())).Questions.Single();
        var (first, second) = (offered.Choices[0].Chunk, offered.Choices[1].Chunk);
        var say = _desk.Services.GetRequiredService<LabelReplayed>();

        Assert.False(await say.ChooseAsync(_tenant, offered.Question, first + 100_000, second, CancellationToken.None));
        Assert.False(await say.ChooseAsync(_tenant, offered.Question, first, first + 100_000, CancellationToken.None));
        Assert.Equal(0, await CountAsync("label"));

        // A model that judges may put what was offered second first now: it was offered all the same.
        Assert.True(await say.ChooseAsync(_tenant, offered.Question, second, first, CancellationToken.None));
        Assert.Equal([(first, (short)LabelVerdict.Right, true), (second, (short)LabelVerdict.Wrong, false)], (await SaidAsync(offered)).OrderBy(label => label.Chunk));
    }

    /// <summary>A history of one question, which the documents answer twice.</summary>
    private async Task<ExportFile> OfferAsync()
    {
        await _desk.PublishAsync(_tenant, "vases.md", Audience.Customers,
            ("How do I clean a glass vase?", "Clean a glass vase with vinegar."), ("How do I clean a clay vase?", "Clean a clay vase with a dry cloth."));
        return new ExportFile().Chat(5).Customer("How do I clean a vase?").Staff("With water.");
    }

    /// <summary>The labels, by what was offered.</summary>
    private async Task<IEnumerable<(long Chunk, short Verdict, bool IsFirst)>> SaidAsync(ReplayedQuestion offered)
    {
        var labels = await _desk.InAsync(_tenant, tx => tx.QueryAsync<Kept>("select source, verdict, is_first, passage_hash, question from label", null, CancellationToken.None));
        Assert.All(labels, label => Assert.Equal((LabelSources.Replay, offered.Question), (label.Source, label.Question)));
        var found = (await _desk.AskAsync(_tenant, offered.Question)).Passages.Where(passage => offered.Choices.Any(choice => choice.Chunk == passage.ChunkId));
        return from passage in found
               from label in labels
               where label.PassageHash.AsSpan().SequenceEqual(PassageHash.Of(passage.Title, passage.Text))
               select (passage.ChunkId, label.Verdict, label.IsFirst);
    }

    private Task<Replayed> ReplayAsync(ExportFile file) =>
        _desk.Services.GetRequiredService<ReplayHistory>().RunAsync(_tenant, ExportFile.StreamOf(file.All()), 200, [], CancellationToken.None);

    private Task<long> CountAsync(string table) => _desk.InAsync(_tenant, tx => tx.FirstAsync<long>($"select count(*) from {table}", null, CancellationToken.None));

    private sealed record Kept
    {
        public string Source { get; init; } = "";
        public short Verdict { get; init; }
        public double Confidence { get; init; }
        public double Coverage { get; init; }
        public bool IsFirst { get; init; }
        public long KnowledgeChange { get; init; }
        public byte[] PassageHash { get; init; } = [];
        public string Question { get; init; } = "";
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
