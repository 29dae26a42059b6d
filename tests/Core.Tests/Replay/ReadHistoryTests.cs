using Support.Replay;

namespace Support.Tests.Replay;

public sealed class ReadHistoryTests
{
    [Fact]
    public async Task A_burst_is_one_question_and_all_that_was_written_in_answer_is_its_answer()
    {
        var history = await ReadAsync(new ExportFile().Chat(5)
            .Customer("Hello!").Customer("How do I return").Customer("a lamp?", after: 2)
            .Staff("Hi!").Staff("Within 14 days.", after: 30)
            .Customer("Thanks!").Staff("Welcome")
            .Customer("And how long does delivery take?", after: 600).Staff("Two days."));

        Assert.Equal(
            [("And how long does delivery take?", "Two days."), ("How do I return\na lamp?", "Hi!\nWithin 14 days.")],
            history.Questions.Select(q => (q.Text, q.Answer)));
        Assert.Equal((2, 1, 9L), (history.Found, history.Chats, history.Messages));
        Assert.Null(history.Trouble);
    }

    /// <summary>Twenty million characters of questions and replies: the newest are kept, to a limit.</summary>
    [Fact]
    public async Task Of_a_group_the_newest_are_kept_as_far_as_memory_goes()
    {
        const int Length = 4000;
        var file = new ExportFile().Chat(5, "private_supergroup");
        for (var i = 0; i < 2500; i++)
        {
            file.Says(1000 + i, $"How long does delivery number {i} take? {new string('a', Length)}", after: 60);
            file.Staff($"Two days. {new string('b', Length)}", change: ExportFile.Reply(file.LastId));
        }

        var history = await new ReadHistory(2000, []).FromAsync(ExportFile.StreamOf(file.All()), CancellationToken.None);

        Assert.StartsWith("How long does delivery number 2499", history.Questions[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("Two days.", history.Questions[0].Answer, StringComparison.Ordinal);
        Assert.InRange(history.Found, 16 * 1024 * 1024 / (2 * (Length + 100)), 16 * 1024 * 1024 / (2 * Length));
    }

    [Fact]
    public async Task A_reply_to_what_is_no_question_is_no_answer_and_ends_it()
    {
        var history = await ReadAsync(new ExportFile().Chat(5, "private_supergroup")
            .Says(1001, "Hello!").Staff("Hi!", change: ExportFile.Reply(1)).Says(1001, "How do I return a lamp?").Staff("Within 14 days.", change: ExportFile.Reply(3))
            .Says(1002, "What does delivery cost?").Staff("300 roubles.", change: ExportFile.Reply(5))
            .Says(1003, "Which warranty has the lamp?").Staff("Two years.", change: ExportFile.Reply(7)));

        Assert.Equal(["Which warranty has the lamp?", "What does delivery cost?", "How do I return a lamp?"], history.Questions.Select(q => q.Text));
        Assert.Equal("Within 14 days.", history.Questions[2].Answer);
    }

    [Fact]
    public async Task What_nobody_could_look_up_is_no_question()
    {
        var history = await ReadAsync(new ExportFile().Chat(5)
            .Customer("Добрый день").Staff("Здравствуйте!")
            .Customer("ok", after: 60).Staff("👍")
            .Customer("а это как?", after: 60).Staff("Что именно?")
            .Customer("/start", after: 60).Staff("Hello")
            .Customer("", after: 60, change: ExportFile.Photo).Staff("Nice")
            .Customer("Never answered: where is my parcel?", after: 60));

        Assert.Empty(history.Questions);
    }

    [Fact]
    public async Task Without_a_reply_the_last_real_question_was_answered_with_one_the_one_replied_to()
    {
        var history = await ReadAsync(new ExportFile().Chat(5)
            .Customer("What does delivery cost?").Customer("Which warranty has the lamp?", after: 10).Customer("???", after: 10)
            .Staff("Two years.", after: 5)
            .Customer("What does the red lamp weigh?", after: 600).Customer("Is there a green one?", after: 10)
            .Staff("Four kilograms.", change: ExportFile.Reply(5)).Staff("And yes, green as well.", change: ExportFile.Reply(6)));

        Assert.Equal(
            [("Which warranty has the lamp?", "Two years."), ("What does the red lamp weigh?", "Four kilograms."), ("Is there a green one?", "And yes, green as well.")],
            history.Questions.Reverse().Select(q => (q.Text, q.Answer)));
    }

    [Theory]
    [InlineData(3 * 24 * 60 - 1, 1)]
    [InlineData(3 * 24 * 60 + 1, 0)]
    public async Task What_is_written_days_later_is_no_answer(int minutes, int questions)
    {
        var history = await ReadAsync(new ExportFile().Chat(5).Customer("What does delivery cost?").Staff("300 roubles", after: minutes));

        Assert.Equal(questions, history.Questions.Count);
    }

    [Fact]
    public async Task Neither_own_notes_nor_bots_nor_channels_are_looked_at()
    {
        var history = await ReadAsync(new ExportFile()
            .Chat(ExportFile.Account, "saved_messages").Customer("What does delivery cost?").Staff("300")
            .Chat(6, "bot_chat").Customer("What does delivery cost?").Staff("300")
            .Chat(7, "public_channel").Customer("What does delivery cost?").Staff("300"));

        Assert.Equal((0, 0), (history.Found, history.Chats));
    }

    [Fact]
    public async Task In_a_group_whoever_replies_to_many_people_is_taken_for_staff_and_a_bot_never()
    {
        var file = new ExportFile().Chat(50, "private_supergroup");
        foreach (var person in Enumerable.Range(1, 4))
        {
            file.Says(100 + person, $"What does lamp number {person} cost?");
            var asked = file.LastId;
            file.Says(900, $"It costs {person}00.", change: ExportFile.Reply(asked), name: "Vera");
            file.Says(901, "Buy now!", change: m => (m["reply_to_message_id"], m["inline_bot_buttons"]) = (asked, new System.Text.Json.Nodes.JsonArray()), name: "Offers");
            file.Says(902, "Rules: be nice", change: ExportFile.Reply(asked), name: "RulesBot");
        }
        file.Says(101, "Vera, thank you, and does it dim?", change: ExportFile.Reply(file.LastId - 2)).Says(102, "Mine does dim", change: ExportFile.Reply(file.LastId + 1));

        var history = await ReadAsync(file);

        Assert.Equal(["100", "200", "300", "400"], history.Questions.Reverse().Select(q => q.Answer["It costs ".Length..].TrimEnd('.')));
        Assert.Equal([new StaffMember("user900", "Vera", 4, true)], history.Staff);
    }

    [Fact]
    public async Task The_owner_says_who_answers_by_name_or_number_and_hears_of_a_name_that_nobody_has()
    {
        var file = new ExportFile().Chat(50, "private_supergroup")
            .Says(101, "What does the lamp cost?").Says(900, "300", change: ExportFile.Reply(1), name: "Vera")
            .Says(102, "What does the table cost?").Says(901, "700", change: ExportFile.Reply(3), name: "Leo")
            .Says(103, "What does the chair cost?").Says(104, "Ask in the shop", change: ExportFile.Reply(5))
            .Says(105, "What does the bed cost?").Says(50, "900", change: m => (m["reply_to_message_id"], m["from_id"]) = (7, "channel50"), name: "Shop");

        Assert.Equal(["900"], (await ReadAsync(file)).Questions.Select(q => q.Answer));
        var named = await new ReadHistory(200, ["vera", "USER901", "Oleg"]).FromAsync(ExportFile.StreamOf(file.All()), CancellationToken.None);

        Assert.Equal(["300", "700", "900"], named.Questions.Reverse().Select(q => q.Answer));
        Assert.Contains("\"Oleg\"", named.Trouble);
        Assert.DoesNotContain("\"vera\"", named.Trouble, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_chat_exported_by_the_customer_is_read_the_other_way_round_when_the_partner_is_named()
    {
        var file = new ExportFile().Chat(5).Customer("Hello, I am Vera of the shop").Staff("What does the lamp cost?").Customer("300");

        var history = await new ReadHistory(200, ["Person 5"]).FromAsync(ExportFile.StreamOf(file.One()), CancellationToken.None);

        Assert.Equal([("What does the lamp cost?", "300")], history.Questions.Select(q => (q.Text, q.Answer)));
    }

    [Fact]
    public async Task Only_the_newest_are_kept_whatever_the_order_of_the_chats()
    {
        var file = new ExportFile().Chat(5);
        foreach (var number in Enumerable.Range(1, 5))
            file.Customer($"What does lamp number {number} cost?", after: 60).Staff($"{number}00");
        // Two months before.
        file.Chat(6).Customer("What does the old table cost?", after: -60 * 24 * 60).Staff("7");

        var history = await new ReadHistory(3, []).FromAsync(ExportFile.StreamOf(file.All()), CancellationToken.None);

        Assert.Equal(["500", "400", "300"], history.Questions.Select(q => q.Answer));
        Assert.Equal(6, history.Found);
    }

    private static Task<History> ReadAsync(ExportFile file) => new ReadHistory(200, []).FromAsync(ExportFile.StreamOf(file.All()), CancellationToken.None);
}
