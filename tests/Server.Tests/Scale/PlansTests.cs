using Support.Bench.Speed.Scale;

namespace Support.Tests.Scale;

/// <summary>What the desk asks its memory stays quick however large that grows: never the time is asserted, but how the rows are found.</summary>
public sealed class PlansTests(SmallWorld world) : IClassFixture<SmallWorld>
{
    /// <summary>A hundred pending messages are read at most, a page of documents, a list of tickets; nothing of a question or a ticket needs more rows.</summary>
    private const int Few = 150;

    // What grows with one company alone: its list of documents is counted, and all its conversations are looked through for somebody who is forgotten.
    // Labelling looks at a fixed number of the newest questions and labels.
    private static readonly string[] OfTheCompany = ["/docs", "turn a page of documents", "/forget", "/label", "press a label", "keep the promises"];

    [Fact]
    public void No_statement_reads_the_whole_of_a_table_that_grows_with_customers()
    {
        Assert.True(world.Scans.Count > 500, $"Only {world.Scans.Count} scans were seen; auto_explain tells less than was run.");
        Assert.Equal([], world.Scans.Where(scan => scan.IsWhole).Select(scan => scan.ToString()).Distinct());
    }

    [Fact]
    public void No_step_of_a_question_or_a_ticket_looks_at_more_than_a_few_rows() =>
        Assert.Equal([], world.Scans.Where(scan => scan.Rows > Few && !OfTheCompany.Contains(scan.Step) && scan.Table is not "bot").Select(scan => scan.ToString()).Distinct());

    [Theory]
    [InlineData("read a bot", "bot", "bot_pkey")]
    [InlineData("read a bot", "person", "person_staff")]
    [InlineData("receive a message", "message", "message_tenant_id_bot_id_chat_id_message_id_key")]
    [InlineData("receive a message", "conversation", "conversation_tenant_id_bot_id_chat_id_person_id_key")]
    [InlineData("lease a conversation", "conversation", "conversation_pkey")]
    [InlineData("lease a conversation", "message", "message_pending")]
    [InlineData("lease a conversation", "question", "question_of_conversation")]
    [InlineData("store an answer", "outbox", "outbox_lane")]
    [InlineData("store an answer", "chunk", "chunk_pkey")]
    [InlineData("store an answer", "message", "message_pkey")]
    [InlineData("claim a reply", "outbox", "outbox_lane")]
    [InlineData("settle a reply", "outbox", "outbox_pkey")]
    [InlineData("store an escalation", "ticket", "ticket_of_conversation")]
    [InlineData("/tickets", "ticket", "ticket_waiting")]
    [InlineData("press take", "ticket", "ticket_pkey")]
    [InlineData("answer as a colleague", "message", "message_tenant_id_bot_id_chat_id_message_id_key")]
    [InlineData("index a document", "document_version", "document_version_pkey")]
    [InlineData("turn a page of documents", "document", "document_tenant_id_name_key")]
    [InlineData("turn a page of documents", "chunk", "chunk_of_document")]
    [InlineData("follow a change of the documents", "document", "document_change")]
    [InlineData("/label", "question", "question_of_tenant")]
    [InlineData("/label", "label", "label_drawn")]
    [InlineData("press a label", "label", "label_drawn")]
    [InlineData("keep the promises", "tenant", "tenant_with_labels")]
    [InlineData("/forget", "outbox", "outbox_sent_in")]
    [InlineData("/forget", "ticket", "ticket_of_conversation")]
    [InlineData("take jobs", "job", "job_due")]
    [InlineData(QueuePath.Sweeping, "conversation", "conversation_due")]
    [InlineData(QueuePath.Sweeping, "outbox", "outbox_due")]
    [InlineData(QueuePath.Sweeping, "document_version", "document_version_queued")]
    public void A_step_finds_its_rows_by_the_index_made_for_it(string step, string table, string index) =>
        Assert.Contains(index, world.Scans.Where(scan => scan.Step == step && scan.Table == table).SelectMany(scan => (scan.Index ?? "").Split(" and ")));

    // And by the one who erases a customer's messages before they leave.
    [Fact]
    public void What_waits_is_looked_through_by_the_sweep_alone() =>
        Assert.Equal([], world.Scans.Where(scan => scan.Index is { } index && Scan.OfWhatWaits.Any(index.Contains) && scan.Step is not (QueuePath.Sweeping or "/forget")).Select(scan => scan.ToString()).Distinct());

    // Open tickets are few; who is forgotten is looked for among all customers of the company, which happens seldom.
    [Fact]
    public void An_index_is_asked_for_its_first_columns() =>
        Assert.Equal(
            ["conversation_tenant_id_bot_id_chat_id_person_id_key", "pending_edit_pkey", "ticket_waiting"],
            world.Scans.Where(scan => scan.SkipsColumn && scan.Step != QueuePath.Sweeping).Select(scan => scan.Index).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_sweep_asks_no_company_one_by_one()
    {
        var sweep = world.Scans.Where(scan => scan.Step == QueuePath.Sweeping).ToList();
        Assert.DoesNotContain("tenant", sweep.Select(scan => scan.Table));
        // Two sweeps in the twelve rounds: a question for each kind of work, not one for each company.
        Assert.InRange(sweep.Count(scan => scan.Table == "document_version"), 1, 4);
    }
}
