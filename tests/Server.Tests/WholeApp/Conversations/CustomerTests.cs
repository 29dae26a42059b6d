using Support.Contracts;
using Support.Simulation;
using Support.Simulation.Wire;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>What a customer can do in a private chat, and what the bot says to it.</summary>
public sealed class CustomerTests(OneDesk one) : IClassFixture<OneDesk>
{
    private readonly SimulatedUser _customer = OneDesk.NewCustomer();

    private Desk Desk => one.Desk;

    [Fact]
    public async Task Start_greets_with_a_note_on_privacy_and_help_names_the_commands()
    {
        Assert.Contains("Privacy", (await SayAsync("/start")).Text);
        Assert.Contains("/forget", (await SayAsync("/help")).Text);
        Assert.Contains("no open question", (await SayAsync("/status")).Text);
    }

    [Fact]
    public async Task The_chosen_language_overrides_every_guess()
    {
        var choice = await SayAsync("/language");
        Press(choice, "l:ru");
        await Eventually.HoldsAsync(() => Desk.Telegram.Messages(_customer.Id).First(m => m.MessageId == choice.MessageId).Text is { } text && text.Contains("по-русски", StringComparison.Ordinal), "the choice is confirmed");

        Assert.Contains("Источник:", (await SayAsync("How do I return a lamp?")).Text);
    }

    [Fact]
    public async Task Not_helpful_shows_the_next_passage_once_and_then_calls_a_person()
    {
        var first = await SayAsync("How long does delivery take?");
        Press(first, ":down");
        var second = await NextAsync(first);
        Assert.Contains("Perhaps this helps", second.Text);
        Assert.NotEqual(first.Text, second.Text);

        Press(second, ":down");
        Assert.Contains("colleague", (await NextAsync(second)).Text);
    }

    [Fact]
    public async Task Show_source_brings_the_passage_itself_and_helpful_is_kept()
    {
        var answer = await SayAsync("How do I return a lamp?");
        Press(answer, ":source");
        Assert.Contains("the money comes back to your card within 3 working days", (await NextAsync(answer)).Text);

        Press(answer, ":up");
        await Eventually.HoldsAsync(
            async () => await one.Memory.AllAsync<string?>("select q.feedback from question q join conversation c on c.id = q.conversation_id where c.chat_id = @Id", _customer) is ["helpful"], "the judgement is kept");
    }

    [Fact]
    public async Task A_button_of_another_customers_question_does_nothing()
    {
        var other = OneDesk.NewCustomer();
        await Desk.AskInChatAsync(other, "How do I return a lamp?");
        var question = await one.Memory.OneAsync<long>("select q.id from question q join conversation c on c.id = q.conversation_id where c.chat_id = @Id", other);
        var mine = await SayAsync("How long does delivery take to the islands?");

        await PressMadeUpAsync($"a:{question}:human");
        await PressMadeUpAsync($"a:{question}:source");
        await PressMadeUpAsync("t:1:close");
        await PressMadeUpAsync("a:99999999999999999999:human");

        Assert.Equal(0, await one.Memory.OneAsync<long>("select count(*) from ticket t join conversation c on c.id = t.conversation_id where c.chat_id in (@mine, @other)", new { mine = _customer.Id, other = other.Id }));
        Assert.DoesNotContain(Desk.Telegram.Messages(_customer.Id, mine.MessageId), m => m.From!.IsBot);
    }

    [Theory]
    [InlineData(FileKind.Photo)]
    [InlineData(FileKind.Voice)]
    public async Task What_the_bot_cannot_read_goes_to_a_person_with_the_file(FileKind kind)
    {
        var sent = Desk.Telegram.SendFile(new UserFile(_customer.Id, _customer, kind == FileKind.Photo ? "lamp.png" : "words.ogg", kind == FileKind.Photo ? Png : "OggS"u8.ToArray()) { Kind = kind, Caption = $"broken {_customer.Id}" });

        Assert.Contains("cannot read", (await Desk.ReplyAsync(_customer.Id, sent.MessageId)).Text);
        await Desk.ReplyAsync(Desk.Group, 0, m => m.Text?.Contains($"broken {_customer.Id}", StringComparison.Ordinal) is true);
        await Desk.ReplyAsync(Desk.Group, 0, m => (m.Photo is not null || m.Voice is not null) && m.Caption == $"broken {_customer.Id}");
    }

    [Fact]
    public async Task Forget_erases_every_word_and_the_admins_are_told_that_the_ticket_is_closed()
    {
        const string Marker = "xylophonist";
        await SayAsync($"How do I return a lamp? Yours, the {Marker}");
        var promise = await SayAsync($"/human I am the {Marker} with a broken lamp");
        var card = await Desk.ReplyAsync(Desk.Group, 0, m => m.Text?.Contains(Marker, StringComparison.Ordinal) is true);
        var more = Desk.Write(_customer, $"The {Marker} again");
        await Desk.ReplyAsync(Desk.Group, card.MessageId, m => m.Text?.Contains($"The {Marker} again", StringComparison.Ordinal) is true);
        Desk.Telegram.Write(new UserMessage(_customer.Id, _customer, $"The {Marker}, edited") { Edit = more.MessageId });
        await Desk.ReplyAsync(Desk.Group, card.MessageId, m => m.Text?.Contains($"The {Marker}, edited", StringComparison.Ordinal) is true);
        Assert.NotEqual([], await WhereAsync(Marker));

        var forget = Desk.Write(_customer, "/forget");
        Assert.Contains("erased", (await Desk.ReplyAsync(_customer.Id, forget.MessageId, m => m.Text?.Contains("erased", StringComparison.Ordinal) is true)).Text);

        await Desk.ReplyAsync(Desk.Group, card.MessageId, m => m.Text?.Contains("everything erased", StringComparison.Ordinal) is true);
        await Eventually.HoldsAsync(() => Desk.Telegram.Messages(Desk.Group).First(m => m.MessageId == card.MessageId).Text is { } text && !text.Contains(Marker, StringComparison.Ordinal), "the card holds no words of the customer");
        await Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>("select (select count(*) from outbox where state in (0, 1)) + (select count(*) from job where queue = 'updates')") == 0, "everything has been received and has left");
        Assert.Equal([], await WhereAsync(Marker));
        Assert.Equal([], await WhereAsync(_customer.FirstName));
        Assert.NotNull(promise);
    }

    [Fact]
    public async Task Long_source_passages_arrive_whole_in_several_messages()
    {
        var words = string.Join(' ', Enumerable.Range(0, 1200).Select(i => $"zebra{i}"));
        await Desk.UploadAsync("zebras.csv", $"question,answer\nWhich zebras are there in the zoo?,\"{words}\"\n");
        var asked = Desk.Write(_customer, "Which zebras are there in the zoo?");

        await Desk.ReplyAsync(_customer.Id, asked.MessageId, m => m.Text!.Contains("Source:", StringComparison.Ordinal));

        var parts = Desk.Telegram.Messages(_customer.Id, asked.MessageId).Where(m => m.From!.IsBot).ToList();
        Assert.All(parts, part => Assert.InRange(part.Text!.Length, 1, 4096));
        Assert.All(parts.SkipLast(1), part => Assert.Empty(Desk.Buttons(part)));
        Assert.NotEmpty(Desk.Buttons(parts[^1]));
    }

    private async Task<Message> SayAsync(string text) => await Desk.AskInChatAsync(_customer, text);

    private Task<Message> NextAsync(Message after) => Desk.ReplyAsync(_customer.Id, after.MessageId);

    private void Press(Message message, string end) => Desk.Press(_customer, _customer.Id, message, end);

    /// <summary>A press with data that no button of this customer carries, as somebody could make it up.</summary>
    private async Task PressMadeUpAsync(string data)
    {
        var update = WebhookDoor.NextUpdate();
        await new WebhookDoor(Desk, one.Memory.Tenant).StatusAsync(System.Text.Json.JsonSerializer.Serialize(new
        {
            update_id = update,
            callback_query = new
            {
                id = "1",
                chat_instance = "1",
                from = new { id = _customer.Id, is_bot = false, first_name = "A" },
                data,
                message = new { message_id = 1, date = 1_790_000_000, chat = new { id = _customer.Id, type = "private", first_name = "A" } },
            },
        }));
        await Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>("select count(*) from update_seen where update_id = @update", new { update }) == 1, $"the press of {data} is done");
    }

    /// <summary>Every place in the database that holds the word: all columns of all tables.</summary>
    private async Task<IReadOnlyList<string>> WhereAsync(string word)
    {
        var found = new List<string>();
        foreach (var (table, column, type) in await one.Memory.AllAsync<(string, string, string)>(
            "select table_name, column_name, data_type from information_schema.columns where table_schema = 'public' and data_type in ('text', 'jsonb', 'bytea')"))
        {
            var text = type == "bytea" ? $"encode({column}, 'escape')" : $"{column}::text";
            found.AddRange(await one.Memory.AllAsync<string>($"select '{table}.{column}: ' || left({text}, 120) from {table} where position(lower(@word) in lower({text})) > 0", new { word }));
        }
        return found;
    }

    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}
