using Support.Confidence;
using Support.Conversations;
using Support.Knowledge;
using Support.Labels;
using Support.Retrieval;
using Support.Retrieval.Outside;
using Support.Tenants;

namespace Support.Tests.Labels;

public sealed class LabelRoundTests
{
    [Fact]
    public async Task A_customers_question_is_shown_with_its_passage_and_a_press_labels_it_and_turns_to_the_next()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(10);
        foreach (var i in new[] { 1, 2, 3 })
            await desk.AskedAsync(LabelDesk.PriceOf(i));

        await desk.WriteAsync(LabelDesk.Editor, "label");
        var first = await desk.LastAsync(LabelDesk.Editor);
        await desk.PressAsync(LabelDesk.Editor, first.Button("Right"));
        var second = await desk.LastAsync(LabelDesk.Editor);

        var label = Assert.Single(await desk.LabelsAsync());
        Assert.Contains(label.Question, first.Html, StringComparison.Ordinal);
        Assert.Contains("kilograms", first.Html, StringComparison.Ordinal);
        Assert.Contains("0 labelled · 33 more for a certificate at 10%", first.Html, StringComparison.Ordinal);
        Assert.Contains("1 labelled · 32 more for a certificate at 10%", second.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(label.Question, second.Html, StringComparison.Ordinal);
        Assert.Equal((LabelVerdict.Right, LabelSources.Round, true), (label.Verdict, label.Source, label.IsFirst));
        Assert.True(label.Confidence > 0 && label.ReadFeatures().Count == ConfidenceFeatures.Names.Count);
        Assert.Equal(1, (await desk.ConfidenceAsync()).Certificate?.Labels);
    }

    [Fact]
    public async Task Every_question_comes_once_whatever_is_pressed_and_the_round_ends()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(45);
        for (var i = 0; i < 45; i++)
            await desk.AskedAsync(LabelDesk.PriceOf(i), person: 2000 + i);
        var shown = new List<string>();

        await desk.WriteAsync(LabelDesk.Editor, "label");
        while (await desk.LastAsync(LabelDesk.Editor) is { Keyboard: not null } said)
        {
            shown.Add(said.Html[said.Html.IndexOf('❓')..said.Html.IndexOf("📄", StringComparison.Ordinal)]);
            await desk.PressAsync(LabelDesk.Editor, said.Button((shown.Count % 4) switch { 0 => "Right", 1 => "Wrong", 2 => "Partly", _ => "Skip" }));
        }

        Assert.Equal(shown.Count, shown.Distinct().Count());
        // The half with the most confidence.
        Assert.InRange(shown.Count, 20, 45);
        Assert.Equal(shown.Count - (shown.Count + 1) / 4, (await desk.LabelsAsync()).Count);
        Assert.Contains("That was all", (await desk.LastAsync(LabelDesk.Editor)).Html, StringComparison.Ordinal);
        var cut = Assert.Single((await desk.LabelsAsync()).Select(label => label.Cut).Distinct());
        Assert.All(await desk.LabelsAsync(), label => Assert.True(label.Confidence >= cut && cut > 0));
    }

    [Fact]
    public async Task What_was_liked_or_not_is_drawn_all_the_same_and_what_was_drawn_is_not()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(10);
        var (thumbed, drawn) = (await desk.AskedAsync(LabelDesk.PriceOf(1)), await desk.AskedAsync(LabelDesk.PriceOf(2)));
        await desk.InScopeAsync(scope => LabelAnswer.InsideAsync(scope, thumbed, 0, LabelVerdict.Wrong, LabelDesk.Customer, CancellationToken.None));
        await desk.InAsync(async tx =>
        {
            await LabelStore.AddAsync(tx, new NewLabel(null, LabelDesk.PriceOf(1), [1], LabelVerdict.Right, LabelSources.Replay, new Dictionary<string, double>(), .5, 1, true, null), desk.Now, CancellationToken.None);
            await LabelStore.AddAsync(tx, new NewLabel(drawn, LabelDesk.PriceOf(2), [1], LabelVerdict.Right, LabelSources.Round, new Dictionary<string, double>(), .5, 1, true, null), desk.Now, CancellationToken.None);
            return 0;
        });

        await desk.WriteAsync(LabelDesk.Editor, "label");
        var first = await desk.LastAsync(LabelDesk.Editor);
        await desk.PressAsync(LabelDesk.Editor, first.Button("Right"));

        Assert.Contains(LabelDesk.PriceOf(1), first.Html, StringComparison.Ordinal);
        var next = await desk.LastAsync(LabelDesk.Editor);
        Assert.DoesNotContain(LabelDesk.PriceOf(2), next.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Small_talk_requests_for_a_person_and_old_questions_are_not_drawn()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(10);
        await desk.AskedAsync(LabelDesk.PriceOf(1), decision: "ask_back_without_passages");
        await desk.AskedAsync(LabelDesk.PriceOf(2));
        desk.Clock.Advance(TrafficSample.Weeks + TimeSpan.FromDays(1));
        await desk.AskedAsync(LabelDesk.PriceOf(3), decision: "escalate");

        var sample = await desk.InAsync(tx => TrafficSample.ReadAsync(tx, null, desk.Now, CancellationToken.None));

        Assert.Single(sample.Questions);
    }

    [Fact]
    public async Task Where_nobody_has_asked_the_documents_suggest_questions_that_neither_certify_nor_calibrate()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishAsync("faq.csv", [.. Enumerable.Range(0, 40).Select(i => ($"How much is a {LabelDesk.Name(i)}?", $"A {LabelDesk.Name(i)} costs {i + 100} roubles."))]);

        await desk.LabelAsync(36, i => i % 9 == 0 ? "Wrong" : "Right");

        Assert.Equal(36, (await desk.LabelsAsync()).Count(label => label.Source == LabelSources.Suggested));
        Assert.Contains("made from your documents", (await desk.LastAsync(LabelDesk.Editor)).Html, StringComparison.Ordinal);
        Assert.Contains("Made from documents: 36 labelled\nAsked by customers: 0 labelled · 33 more for a certificate at 10%", (await desk.LastAsync(LabelDesk.Editor)).Html, StringComparison.Ordinal);
        var confidence = await desk.ConfidenceAsync();
        Assert.Null(confidence.Certificate);
        Assert.Null(confidence.Threshold);
        Assert.Null(confidence.Model);
        Assert.Null(confidence.Probability(await desk.Desk.AskAsync(desk.Tenant, "How much is a " + LabelDesk.Name(3) + "?")));
    }

    [Fact]
    public async Task What_is_labelled_is_what_was_shown_even_if_the_documents_change_in_between()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(5);
        await desk.AskedAsync(LabelDesk.PriceOf(1));
        await desk.WriteAsync(LabelDesk.Editor, "label");
        var old = (await desk.LastAsync(LabelDesk.Editor)).Button("Right");
        await desk.PublishAsync("things.md", [.. Enumerable.Range(0, 5).Select(i => (LabelDesk.Thing(i).Title, $"The {LabelDesk.Name(i)} costs nothing at all now."))]);

        var notice = await desk.PressAsync(LabelDesk.Editor, old);

        Assert.Contains("documents have just changed", notice, StringComparison.Ordinal);
        Assert.Empty(await desk.LabelsAsync());
        Assert.Contains("costs nothing at all now", (await desk.LastAsync(LabelDesk.Editor)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_in_questions_and_passages_is_only_text()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishAsync("a.md", ("a.md / The <b>grommet</b>", "A grommet costs <i>5</i> & more."));
        await desk.AskedAsync("What does a <script>grommet</script> cost?");
        await desk.WriteAsync(LabelDesk.Editor, "label");

        var html = (await desk.LastAsync(LabelDesk.Editor)).Html;
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;5&lt;/i&gt; &amp; more", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buttons_fit_and_are_nothing_to_customers()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(3);
        await desk.AskedAsync(LabelDesk.PriceOf(1));
        await desk.WriteAsync(LabelDesk.Editor, "label");
        var right = (await desk.LastAsync(LabelDesk.Editor)).Button("Right");

        await desk.PressAsync(LabelDesk.Customer, right);

        Assert.Empty(await desk.LabelsAsync());
        Assert.True(right.Length + $"{uint.MaxValue:x}{long.MaxValue}".Length <= 64);
        await desk.PressAsync(LabelDesk.Customer, right, chat: LabelDesk.Group);
        Assert.Single(await desk.LabelsAsync());
    }

    [Fact]
    public async Task Of_two_who_label_at_once_neither_is_lost()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(30);
        for (var i = 0; i < 30; i++)
            await desk.AskedAsync(LabelDesk.PriceOf(i));
        // Rounds are shuffled apart; begun until six begin with different questions.
        var presses = new Dictionary<string, string>();
        while (presses.Count < 6)
        {
            await desk.WriteAsync(LabelDesk.Editor, "label");
            var shown = await desk.LastAsync(LabelDesk.Editor);
            presses[shown.Html[shown.Html.IndexOf('❓')..shown.Html.IndexOf("📄", StringComparison.Ordinal)]] = shown.Button("Right");
        }

        // Six people in the admins' group: one person's presses would wait for each other anyway, by the row of their chat.
        await Task.WhenAll(presses.Values.Select((data, i) => desk.PressAsync(3000 + i, data, LabelDesk.Group)));

        Assert.Equal(6, (await desk.LabelsAsync()).Count);
        // Whoever came last has counted the others' as well.
        Assert.Equal(6, (await desk.ConfidenceAsync()).Certificate?.Labels);
    }

    [Fact]
    public async Task While_the_index_is_away_the_editor_is_told_so_and_the_same_press_counts_later()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(5);
        for (var i = 0; i < 5; i++)
            await desk.AskedAsync(LabelDesk.PriceOf(i));
        await desk.WriteAsync(LabelDesk.Editor, "label");
        var shown = await desk.LastAsync(LabelDesk.Editor);
        desk.Index = new NoIndex();

        foreach (var button in new[] { "Right", "Skip" })
            Assert.Equal(Phrases.Plain("en", "index.away"), await desk.PressAsync(LabelDesk.Editor, shown.Button(button)));
        Assert.Equal(shown.Html, (await desk.LastAsync(LabelDesk.Editor)).Html);
        Assert.Empty(await desk.LabelsAsync());
        await desk.WriteAsync(LabelDesk.Editor, "label");
        Assert.Equal(Phrases.Html("en", "index.away"), (await desk.LastAsync(LabelDesk.Editor)).Html);

        desk.Index = null;
        Assert.Null(await desk.PressAsync(LabelDesk.Editor, shown.Button("Right")));
        Assert.Single(await desk.LabelsAsync());
    }

    private sealed class NoIndex : IKnowledgeIndex
    {
        public ValueTask<Retrieved> SearchAsync(TenantId tenant, Audience audience, string question, long atLeast, CancellationToken cancellation) => throw new KnowledgeIndexException("The index is away.");

        public ValueTask ReachAsync(TenantId tenant, long change, CancellationToken cancellation) => ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Where_many_in_a_row_are_below_the_cut_now_the_round_says_so_and_goes_on_from_there()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(130);
        for (var i = 0; i < 130; i++)
            await desk.AskedAsync(LabelDesk.PriceOf(i));
        var index = new SureOf(desk.Desk.Index);
        desk.Index = index;

        await desk.WriteAsync(LabelDesk.Editor, "label");
        var first = await desk.LastAsync(LabelDesk.Editor);
        Assert.StartsWith(Phrases.Html("en", "label.in.vain", 60), first.Html, StringComparison.Ordinal);
        await desk.PressAsync(LabelDesk.Editor, first.Button("Go on"));
        var second = await desk.LastAsync(LabelDesk.Editor);
        Assert.StartsWith(Phrases.Html("en", "label.in.vain", 60), second.Html, StringComparison.Ordinal);
        Assert.Equal(120, index.Asked.Distinct().Count());

        // One of the ten that are left.
        index.Sure = Enumerable.Range(0, 130).Select(LabelDesk.PriceOf).First(question => !index.Asked.Contains(question));
        await desk.PressAsync(LabelDesk.Editor, second.Button("Go on"));
        var found = await desk.LastAsync(LabelDesk.Editor);
        Assert.Contains(index.Sure, found.Html, StringComparison.Ordinal);
        await desk.PressAsync(LabelDesk.Editor, found.Button("Right"));
        Assert.StartsWith(Phrases.Html("en", "label.all"), (await desk.LastAsync(LabelDesk.Editor)).Html, StringComparison.Ordinal);

        await desk.PressAsync(LabelDesk.Editor, second.Button("Enough"));
        Assert.StartsWith(Phrases.Html("en", "label.enough"), (await desk.LastAsync(LabelDesk.Editor)).Html, StringComparison.Ordinal);
    }

    /// <summary>Finds as the desk does, but is sure of one question only.</summary>
    private sealed class SureOf(IKnowledgeIndex index) : IKnowledgeIndex
    {
        public List<string> Asked { get; } = [];

        public string Sure { get; set; } = "";

        public async ValueTask<Retrieved> SearchAsync(TenantId tenant, Audience audience, string question, long atLeast, CancellationToken cancellation)
        {
            Asked.Add(question);
            return await index.SearchAsync(tenant, audience, question, atLeast, cancellation) with { Confidence = question == Sure ? 1 : 0 };
        }

        public ValueTask ReachAsync(TenantId tenant, long change, CancellationToken cancellation) => index.ReachAsync(tenant, change, cancellation);
    }

    /// <summary>Of a desk that has labelled for long, nearly all that is drawn was drawn before.</summary>
    [Fact]
    public async Task Questions_that_were_drawn_before_do_not_use_up_the_tries()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishThingsAsync(200);
        for (var i = 0; i < 200; i++)
            await desk.AskedAsync(LabelDesk.PriceOf(i));
        // All but one: in most orders more than sixty come before it.
        await desk.InScopeAsync(async scope =>
        {
            foreach (var question in Enumerable.Range(0, 199).Select(LabelDesk.PriceOf))
                await LabelStore.AddAsync(scope.Transaction, new NewLabel(
                    null, question, PassageHash.Of("", ""), LabelVerdict.Right, LabelSources.Round, new Dictionary<string, double>(), 1, 1, true, null, .001, 1), scope.Now, CancellationToken.None);
        });

        for (var round = 0; round < 5; round++)
        {
            await desk.WriteAsync(LabelDesk.Editor, "label");
            Assert.Contains(LabelDesk.PriceOf(199), (await desk.LastAsync(LabelDesk.Editor)).Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_cut_stays_while_it_parts_the_traffic_in_about_the_middle()
    {
        TrafficQuestion[] questions = [.. Enumerable.Range(0, 100).Select(i => new TrafficQuestion(i, i / 100.0))];
        Assert.Equal((.5, .5), (TrafficSample.Of(questions, null).Cut, TrafficSample.Of(questions, null).Above));
        Assert.Equal((.4, .6), (TrafficSample.Of(questions, .4).Cut, TrafficSample.Of(questions, .4).Above));
        Assert.Equal(.5, TrafficSample.Of(questions, .8).Cut);
        // Few questions have no middle, and half of nothing found is no cut either.
        Assert.Equal(.001, TrafficSample.Of(questions[..30], .4).Cut);
        var mostlyNothing = TrafficSample.Of([.. questions.Select(question => question with { Confidence = question.Id < 70 ? 0 : .5 })], null);
        Assert.Equal((.001, .3), (mostlyNothing.Cut, mostlyNothing.Above));
    }

    [Fact]
    public void The_order_of_a_round_is_the_same_each_time_and_another_in_another_round()
    {
        ulong[] Order(uint seed) => [.. Enumerable.Range(0, 500).Select(id => new LabelKey(seed, LabelKind.Asked, id).Place)];
        Assert.Equal(Order(7), Order(7));
        long[] By(uint seed) => [.. Enumerable.Range(0, 500).Select(id => (long)id).OrderBy(id => new LabelKey(seed, LabelKind.Asked, id).Place)];
        Assert.NotEqual(By(7), By(8));
        // No question is favoured: over many rounds each comes first about as often.
        var firsts = Enumerable.Range(0, 5000).Select(seed => Enumerable.Range(0, 10).MinBy(id => new LabelKey((uint)seed, LabelKind.Asked, id).Place)).GroupBy(id => id).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(Enumerable.Range(0, 10), id => Assert.InRange(firsts.GetValueOrDefault(id), 400, 600));
        foreach (var key in new[] { new LabelKey(uint.MaxValue, LabelKind.Again, long.MaxValue), new LabelKey(0, LabelKind.Suggested, 1) })
            Assert.Equal(key, LabelKey.Read(key.ToString().Split(':')[0], key.ToString().Split(':')[1]));
        Assert.Null(LabelKey.Read("zz", "q1"));
        Assert.Null(LabelKey.Read("1", "x1"));
    }
}
