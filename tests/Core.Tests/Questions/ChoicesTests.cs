using Support.Contracts;
using Support.Conversations;
using Support.Knowledge;
using Support.Labels;
using Support.Questions;
using Support.Retrieval;

namespace Support.Tests.Questions;

/// <summary>"Which do you mean?", from the message to the label, on a real PostgreSQL.</summary>
public sealed class ChoicesTests : IAsyncLifetime
{
    private const string Asked = "Return a gift card?";
    private const double Unsure = .3;
    private const double Sure = .8;

    private TalkDesk _desk = null!;
    private IReadOnlyList<Passage> _passages = [];

    public async ValueTask InitializeAsync()
    {
        _desk = await TalkDesk.OpenAsync();
        _passages = await _desk.PublishAsync(Audience.Customers, ("Gift cards", 1), ("Returns", .9), ("Refunds", .8), ("Delivery", .78));
    }

    [Fact]
    public async Task Close_passages_of_other_titles_are_offered_and_the_chosen_one_is_answered_at_once()
    {
        var offer = await OfferAsync();

        Assert.Equal("Which do you mean?", offer.Html);
        Assert.Equal(["Gift cards", "Returns", "Refunds", "🙋 None of these: a person"], offer.Buttons.Select(button => button.Text));
        Assert.Equal([1, 1, 1, 1], ((Outgoing.SendText)offer.Body).Keyboard!.Rows.Select(row => row.Count));

        var sent = await _desk.PressAsync(offer, ":pick:1");

        Assert.Equal((offer.Message, "Which do you mean?\n✓ Returns"), sent[0].Body is Outgoing.EditText edit ? (edit.MessageId, edit.Html) : default);
        Assert.Empty(sent[0].Buttons);
        Assert.Contains(TalkDesk.TextOf("Returns"), sent[1].Html, StringComparison.Ordinal);
        Assert.Contains("Source: Returns.md", sent[1].Html.Replace(_passages[1].Source, "Returns.md", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(["up", "down", "source", "human"], sent[1].Buttons.Select(button => button.Data!.Split(':')[2]));
        Assert.Equal(("choose", 1, TalkDesk.TextOf("Returns")), await _desk.OneAsync<(string, int, string)>("select decision, chosen, answer from question"));
        Assert.Equal(0, await _desk.OneAsync<long>("select count(*) from ticket"));
        Assert.Equal(["choose 1", "chosen 1"], await _desk.AllAsync<string>("select what || ' ' || sum(count) from usage_day group by what order by what"));
    }

    [Theory]
    [InlineData(":pick:0", "Gift cards right False")]
    [InlineData(":pick:2", "Gift cards wrong False, Refunds right True")]
    [InlineData(":none", "Gift cards wrong False")]
    public async Task The_choice_is_a_label_of_the_first_passage_and_of_the_chosen_one_with_what_is_found_after_it(string press, string expected)
    {
        const string Labels = "select passage_hash, verdict, is_first, source, question, confidence, features::text as features, person_id, knowledge_change from label order by id";
        var offer = await OfferAsync();
        // While the customer thinks, the desk learns to rank otherwise.
        _desk.Finds(Asked, [_passages[2], _passages[0]], Sure);
        await _desk.PressAsync(offer, press);
        Assert.All(await _desk.AllAsync<LabelRow>(Labels), label => Assert.Equal(("{}", -1, false), (label.Features, label.KnowledgeChange, label.IsFirst)));

        await _desk.Get<KeepPromises>().RunAsync(CancellationToken.None);

        var labels = await _desk.AllAsync<LabelRow>(Labels);
        Assert.Equal(expected, string.Join(", ", labels.Select(label => $"{TitleOf(label.PassageHash)} {(label.Verdict == 1 ? "right" : "wrong")} {label.IsFirst}")));
        Assert.All(labels, label => Assert.Equal(("choice", Asked, Sure, TalkDesk.Customer, 4L), (label.Source, label.Question, label.Confidence, label.PersonId, label.KnowledgeChange)));
        Assert.All(labels, label => Assert.Contains("same_title", label.Features, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_thumb_under_the_chosen_passage_is_about_that_one()
    {
        var sent = await _desk.PressAsync(await OfferAsync(), ":pick:2");
        await _desk.PressAsync(sent.Single(message => message.Buttons.Any(button => button.Data!.EndsWith(":up", StringComparison.Ordinal))), ":up");

        var labels = await _desk.AllAsync<LabelRow>("select passage_hash, verdict, is_first, source, question, confidence, features::text as features, person_id, knowledge_change from label where source = 'thumb'");
        Assert.Equal("Refunds", TitleOf(Assert.Single(labels).PassageHash));
        Assert.Equal(1, labels[0].Verdict);
    }

    [Fact]
    public async Task Of_two_presses_at_once_one_counts_and_later_ones_do_nothing()
    {
        var offer = await OfferAsync();
        await Task.WhenAll(
            Task.Run(() => _desk.ReceiveAsync(TalkDesk.PressOf(offer, ":pick:1"))), Task.Run(() => _desk.ReceiveAsync(TalkDesk.PressOf(offer, ":pick:2"))), Task.Run(() => _desk.ReceiveAsync(TalkDesk.PressOf(offer, ":none"))));
        var sent = await _desk.SettleAsync(TalkDesk.Customer);
        var chosen = await _desk.OneAsync<int>("select chosen from question");

        Assert.Single(sent, message => message.Body is Outgoing.EditText);
        Assert.Equal(chosen >= 0 ? 1 : 0, sent.Count(message => message.Html.Contains("This is all that is known", StringComparison.Ordinal)));
        Assert.Equal(chosen >= 0 ? 0 : 1, await _desk.OneAsync<long>("select count(*) from ticket"));

        Assert.Empty(await _desk.PressAsync(offer, ":pick:0"));
        Assert.Equal(chosen, await _desk.OneAsync<int>("select chosen from question"));
    }

    [Fact]
    public async Task None_of_these_calls_a_person_who_sees_what_was_offered_and_gets_a_draft_of_what_was_not()
    {
        var sent = await _desk.PressAsync(await OfferAsync(), ":none");

        Assert.Contains("None of these", sent[0].Html, StringComparison.Ordinal);
        Assert.Contains("passed your question to a colleague", sent[1].Html, StringComparison.Ordinal);
        Assert.Equal((Asked, "low_confidence", TalkDesk.TextOf("Delivery")), await _desk.OneAsync<(string, string, string?)>("select question, reason, draft from ticket"));
        var card = await _desk.CardAsync();
        Assert.Contains("Asked which is meant: “Gift cards”, “Returns”, “Refunds”; the customer chose none of them.", card, StringComparison.Ordinal);
        Assert.Contains(TalkDesk.TextOf("Refunds"), card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_none_of_these_people_see_documents_for_staff_with_a_draft_and_the_customer_sees_nothing_of_them()
    {
        var offer = await OfferAsync();
        _desk.Finds(Asked, [.. await _desk.PublishAsync(Audience.Staff, ("Refund limits", 1.1)), .. _passages], Unsure);

        var sent = await _desk.WriteAsync("none of these");

        Assert.Equal(offer.Message, ((Outgoing.EditText)sent[0].Body).MessageId);
        Assert.DoesNotContain(sent, message => message.Html.Contains("Refund limits", StringComparison.Ordinal));
        Assert.Equal(TalkDesk.TextOf("Refund limits"), await _desk.OneAsync<string>("select draft from ticket"));
        Assert.Contains("Refund limits", await _desk.CardAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await _desk.OneAsync<long>("select count(*) from question where passages::text like '%Refund limits%' or answer is not null"));
        await _desk.SendDraftAsync();
        Assert.Empty(await _desk.AllAsync<string>("select source from label where source = 'admin'"));
    }

    [Fact]
    public async Task A_draft_sent_after_none_of_these_was_right_for_its_own_passage_and_not_for_the_one_that_was_refused()
    {
        await _desk.PressAsync(await OfferAsync(), ":none");

        await _desk.SendDraftAsync();

        var labels = await _desk.AllAsync<LabelRow>("select passage_hash, verdict, is_first, source from label order by id");
        Assert.Equal(["choice Gift cards 0", "admin Delivery 1"], labels.Select(label => $"{label.Source} {TitleOf(label.PassageHash)} {label.Verdict}"));
        Assert.False(labels[1].IsFirst);
    }

    [Fact]
    public async Task Where_all_that_is_found_was_refused_there_is_no_draft()
    {
        _desk.Finds(Asked, [.. _passages.Take(3), _passages[3] with { Title = "Returns" }], Unsure);
        await _desk.PressAsync((await _desk.WriteAsync(Asked))[^1], ":none");

        Assert.Null(await _desk.OneAsync<string?>("select draft from ticket"));
        Assert.Contains(TalkDesk.TextOf("Delivery"), await _desk.CardAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thumbs_and_the_source_are_of_the_chosen_passage_and_not_helpful_goes_on_with_the_best_of_the_others()
    {
        var answer = (await _desk.PressAsync(await OfferAsync(), ":pick:2"))[^1];

        var source = await _desk.PressAsync(answer, ":source");
        Assert.Contains("<b>Refunds</b>", Assert.Single(source).Html, StringComparison.Ordinal);

        var next = (await _desk.PressAsync(answer, ":down"))[^1];
        Assert.Contains("Perhaps this helps", next.Html, StringComparison.Ordinal);
        Assert.Contains(TalkDesk.TextOf("Gift cards"), next.Html, StringComparison.Ordinal);
        Assert.Contains("<b>Gift cards</b>", Assert.Single(await _desk.PressAsync(next, ":source")).Html, StringComparison.Ordinal);

        Assert.Contains("colleague", (await _desk.PressAsync(next, ":down"))[^1].Html, StringComparison.Ordinal);
        Assert.Contains("the customer chose “Refunds” and read it", await _desk.CardAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_was_removed_meanwhile_is_not_quoted_and_a_person_is_called()
    {
        var offer = await OfferAsync();
        await _desk.RemoveAsync(_passages[1]);

        var sent = await _desk.PressAsync(offer, ":pick:1");

        Assert.DoesNotContain(sent, message => message.Html.Contains(TalkDesk.TextOf("Returns"), StringComparison.Ordinal));
        Assert.Contains("no longer published", sent[1].Html, StringComparison.Ordinal);
        Assert.Contains("passed your question to a colleague", sent[2].Html, StringComparison.Ordinal);
        Assert.Equal(1, await _desk.OneAsync<long>("select count(*) from label"));
    }

    [Fact]
    public async Task What_is_removed_before_the_choice_is_stored_is_never_offered()
    {
        _desk.Finds(Asked, _passages, Unsure);
        await _desk.RemoveAsync(_passages[1]);

        // Found once more each time, for the index has not heard of it.
        await _desk.ReceiveAsync(_desk.MessageOf(Asked));
        Assert.IsType<Support.Jobs.Verdict.Later>(await _desk.AnswerAsync());
        Assert.Equal(0, await _desk.OneAsync<long>("select count(*) from question"));
        Assert.Equal(0, await _desk.OneAsync<long>("select count(*) from outbox"));

        _desk.Finds(Asked, [_passages[0], _passages[2]], Unsure);
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["Gift cards", "Refunds"], Assert.Single(await _desk.SettleAsync(TalkDesk.Customer)).Buttons.SkipLast(1).Select(button => button.Text));
    }

    [Fact]
    public async Task Where_a_person_has_the_conversation_a_choice_changes_nothing_and_is_told_so()
    {
        var offer = await OfferAsync();
        await _desk.CommandAsync("human");

        Assert.Empty(await _desk.PressAsync(offer, ":pick:1"));

        Assert.Null(await _desk.OneAsync<int?>("select chosen from question"));
        await Eventually.HoldsAsync(() => ((SilentMessenger)_desk.Get<IMessenger>()).Notices.Contains("A colleague has your question now and will answer here."), "the presser is told");
    }

    [Fact]
    public async Task In_a_group_only_the_one_who_asked_may_choose()
    {
        _desk.Finds(Asked, _passages, Unsure);
        var offer = Assert.Single(await _desk.WriteAsync(Asked, TalkDesk.Group));
        Assert.NotNull(((Outgoing.SendText)offer.Body).ReplyTo);

        Assert.Empty(await _desk.PressAsync(offer, ":pick:1", from: 6001));
        Assert.Empty(await _desk.PressAsync(offer, ":none", from: 6001));

        var sent = await _desk.PressAsync(offer, ":pick:1");
        Assert.Equal(((Outgoing.SendText)offer.Body).ReplyTo, ((Outgoing.SendText)sent[1].Body).ReplyTo);
    }

    [Theory]
    [InlineData("2", "Returns")]
    [InlineData("второе", "Returns")]
    [InlineData("the third one, please", "Refunds")]
    [InlineData("gift card", "Gift cards")]
    public async Task A_choice_can_be_written_as_well(string words, string title)
    {
        var offer = await OfferAsync();

        var sent = await _desk.WriteAsync(words);

        Assert.Equal(offer.Message, ((Outgoing.EditText)sent[0].Body).MessageId);
        Assert.Contains(TalkDesk.TextOf(title), sent[1].Html, StringComparison.Ordinal);
        Assert.Equal(1, await _desk.OneAsync<long>("select count(*) from question"));
        Assert.Equal(0, await _desk.OneAsync<long>("select count(*) from message where direction = 0 and question_id is null"));
        Assert.Empty(await _desk.PressAsync(offer, ":pick:0"));
    }

    [Fact]
    public async Task After_two_offers_in_a_row_that_nobody_chose_from_a_person_is_asked()
    {
        await OfferAsync();
        Assert.Equal("Which do you mean?", (await _desk.WriteAsync(Asked))[^1].Html);

        Assert.Contains("colleague", (await _desk.WriteAsync(Asked))[^1].Html, StringComparison.Ordinal);

        Assert.Equal(["choose", "choose", "escalate"], await _desk.AllAsync<string>("select decision from question order by id"));
        Assert.Contains("a passage of another title fits nearly as well", await _desk.CardAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_that_was_made_is_progress_and_more_may_be_offered()
    {
        for (var i = 0; i < 3; i++)
            await _desk.PressAsync(await OfferAsync(), ":pick:0");

        Assert.Equal(["choose", "choose", "choose"], await _desk.AllAsync<string>("select decision from question order by id"));
    }

    [Fact]
    public async Task Status_knows_that_a_choice_is_waited_for()
    {
        var offer = await OfferAsync();
        Assert.Contains("asked which you mean", (await _desk.CommandAsync("status"))[0].Html, StringComparison.Ordinal);

        await _desk.PressAsync(offer, ":pick:0");
        Assert.Contains("no open question", (await _desk.CommandAsync("status"))[0].Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_doubt_is_told_on_the_card_in_one_line_and_the_customers_words_are_only_words()
    {
        _desk.Finds(Asked, [_passages[0]], Unsure, coverage: .3);
        await _desk.WriteAsync(Asked);

        Assert.Contains("🤔 Not sure: “&lt;рассрочка&gt;” is not in the best passage.", await _desk.CardAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(.3, 1, "choose")]
    [InlineData(.01, .5, "choose")]
    [InlineData(.04, .4, "choose")]
    // Of a foreign topic nothing is offered.
    [InlineData(.02, .4, "escalate")]
    [InlineData(.3, .24, "escalate")]
    [InlineData(.8, 1, "answer", .84)]
    [InlineData(.8, 1, "choose", .86)]
    public async Task Whether_it_offers_is_a_matter_of_confidence_and_of_what_the_passage_holds(double confidence, double coverage, string decision, double second = .9)
    {
        _desk.Finds(Asked, [_passages[0], _passages[1] with { Score = second }], confidence, coverage);
        await _desk.WriteAsync(Asked);
        Assert.Equal(decision, await _desk.OneAsync<string>("select decision from question"));
    }

    [Fact]
    public async Task Even_where_it_is_sure_passages_that_cannot_be_told_apart_are_offered()
    {
        _desk.Finds(Asked, [_passages[0], _passages[1] with { Score = .98 }, _passages[2]], Sure);

        Assert.Equal(["Gift cards", "Returns"], Assert.Single(await _desk.WriteAsync(Asked)).Buttons.SkipLast(1).Select(button => button.Text));
    }

    [Fact]
    public async Task An_owner_can_do_without_choices_and_one_who_answers_nothing_offers_nothing()
    {
        await _desk.DisposeAsync();
        _desk = await TalkDesk.OpenAsync(new() { ["Support:Confidence:Choices"] = "false" });
        await DecidesAsync("escalate");
        await _desk.DisposeAsync();
        _desk = await TalkDesk.OpenAsync(new() { ["Support:Confidence:Threshold"] = "1" });
        await DecidesAsync("escalate");

        async Task DecidesAsync(string decision)
        {
            _desk.Finds(Asked, await _desk.PublishAsync(Audience.Customers, ("Gift cards", 1), ("Returns", .9)), Unsure);
            await _desk.WriteAsync(Asked);
            Assert.Equal(decision, await _desk.OneAsync<string>("select decision from question"));
        }
    }

    [Fact]
    public async Task Documents_for_staff_are_never_offered()
    {
        var secret = await _desk.PublishAsync(Audience.Staff, ("Refund limits", .99));
        _desk.Finds(Asked, [_passages[0], secret[0], _passages[1]], Unsure);

        Assert.Equal(["Gift cards", "Returns"], Assert.Single(await _desk.WriteAsync(Asked)).Buttons.SkipLast(1).Select(button => button.Text));
    }

    private async Task<Sent> OfferAsync()
    {
        _desk.Finds(Asked, _passages, Unsure);
        return (await _desk.WriteAsync(Asked))[^1];
    }

    private string TitleOf(byte[] hash) => _passages.Single(passage => PassageHash.Of(passage.Title, passage.Text).SequenceEqual(hash)).Title;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private sealed record LabelRow
    {
        public byte[] PassageHash { get; init; } = [];
        public short Verdict { get; init; }
        public bool IsFirst { get; init; }
        public string Source { get; init; } = "";
        public string Question { get; init; } = "";
        public double Confidence { get; init; }
        public string Features { get; init; } = "";
        public long? PersonId { get; init; }
        public long KnowledgeChange { get; init; }
    }
}
