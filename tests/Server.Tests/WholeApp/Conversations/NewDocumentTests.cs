using System.Text;
using Support.Contracts;
using Support.Simulation;
using Support.Simulation.Wire;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>What an editor hears of a document beyond that it is there: what it answers.</summary>
public sealed class NewDocumentTests(OneDesk one) : IClassFixture<OneDesk>
{
    private const string Questions = "Press a question";
    private const string Earlier = "Earlier questions that went to your colleagues";

    private const string Violins =
        """
        # Violins

        ## How much does it cost to tune a violin?

        Tuning a violin costs 40 roubles and takes an hour.

        ## Who repairs a broken violin bow?

        A broken violin bow is repaired by our master on Tuesdays.
        """;

    private Desk Desk => one.Desk;

    [Fact]
    public async Task An_editor_sees_questions_that_the_document_answers_and_a_press_shows_what_a_customer_would_be_told()
    {
        var sent = Send("violins.md", Violins);

        var told = await Desk.ReplyAsync(Desk.Eve.Id, sent, m => m.Text!.Contains(Questions, StringComparison.Ordinal));
        Assert.Contains("\"violins.md\"", told.Text);
        Assert.Equal(["How much does it cost to tune a violin?", "Who repairs a broken violin bow?"], Labels(told));
        var questions = await one.Memory.OneAsync<long>("select count(*) from question");
        Desk.Press(Desk.Eve, Desk.Eve.Id, told, Desk.Buttons(told).First());

        var shown = await Desk.ReplyAsync(Desk.Eve.Id, told.MessageId, m => m.Text!.StartsWith("How much does it cost to tune a violin?", StringComparison.Ordinal));
        Assert.Contains("Tuning a violin costs 40 roubles", shown.Text);
        Assert.Contains("Violins", shown.Text!.Split('\n')[^1]);
        Assert.Equal(questions, await one.Memory.OneAsync<long>("select count(*) from question"));

        // The same bytes again are nothing new, and of an upload by key no question is shown.
        var again = Send("violins.md", Violins);
        await Desk.ReplyAsync(Desk.Eve.Id, again, m => m.Text!.Contains("what I already know", StringComparison.Ordinal));
        await Desk.UploadAsync("cellos.md", Violins.Replace("iolin", "ello", StringComparison.Ordinal));
        var last = Send("harps.md", "# Harps\n\n## What does a harp weigh?\n\nA harp weighs 36 kilograms.");
        await Desk.ReplyAsync(Desk.Eve.Id, last, m => m.Text!.Contains(Questions, StringComparison.Ordinal));
        Assert.Equal([last], Told(again).Select(m => m.MessageId > last ? last : m.MessageId));
        Assert.DoesNotContain(Desk.Telegram.Messages(Desk.Eve.Id, again), m => m.Text?.Contains("cellos.md", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Questions_that_went_to_people_and_can_be_answered_now_are_listed_with_their_tickets()
    {
        var customers = Enumerable.Range(0, 7).Select(_ => OneDesk.NewCustomer()).ToList();
        string[] asked = ["What does a drum kit cost?", "Which drum kit is quiet?", "How heavy is the drum kit?", "When is the drum kit delivered?", "Is the drum kit insured?", "Who assembles the drum kit?", "Does the moon shine on Tuesdays?"];
        foreach (var (customer, question) in customers.Zip(asked))
            await Desk.AskInChatAsync(customer, question);
        await Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>("select count(*) from ticket where question = any(@asked)", new { asked }) == asked.Length, "all are tickets");

        var sent = Send("drums.md", "# Drums\n\n" + string.Join("\n\n", asked.Take(6).Select((question, i) => $"## {question}\n\nAbout that: the drum kit, number {i}.")));

        var told = await Desk.ReplyAsync(Desk.Eve.Id, sent, m => m.Text!.Contains(Earlier, StringComparison.Ordinal));
        var numbers = await one.Memory.AllAsync<int>("select number from ticket where question = any(@asked) order by number desc limit 5", new { asked = asked[..6] });
        Assert.Equal(numbers.Select(number => $"№ {number}"), Labels(told));
        Assert.Contains($"№ {numbers[0]}, still open: Who assembles the drum kit?\n→ About that: the drum kit, number 5.", told.Text);
        Assert.EndsWith("and 1 more", told.Text);
        Assert.DoesNotContain("moon", told.Text);

        Desk.Press(Desk.Eve, Desk.Eve.Id, told, Desk.Buttons(told).First());
        await Desk.ReplyAsync(Desk.Eve.Id, told.MessageId, m => m.Text!.StartsWith("Who assembles the drum kit?", StringComparison.Ordinal) && m.Text.Contains("number 5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_uploads_with_the_key_the_editors_are_told_once_and_together_which_questions_of_before_they_answer()
    {
        var started = Desk.Write(Desk.Eve, "/start").MessageId;
        string[] asked = ["What does a harmonica cost?", "Who repairs the tuba?"];
        foreach (var question in asked)
            await Desk.AskInChatAsync(OneDesk.NewCustomer(), question);
        await Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>("select count(*) from ticket where question = any(@asked)", new { asked }) == asked.Length, "both are tickets");

        await Desk.UploadAsync("harmonicas.md", "# Harmonicas\n\n## What does a harmonica cost?\n\nA harmonica costs 15 roubles.");
        await Desk.UploadAsync("tubas.md", "# Tubas\n\n## Who repairs the tuba?\n\nThe tuba is repaired by our master.");
        // Minutes pass.
        Assert.InRange(await one.Memory.ChangeAsync("update document_version set untold_since = untold_since - interval '3 minutes' where untold_since is not null"), 2, int.MaxValue);

        var told = await Desk.ReplyAsync(Desk.Eve.Id, started, m => m.Text!.Contains("harmonica", StringComparison.Ordinal));
        Assert.StartsWith($"{Earlier}, and that the new documents would answer now:", told.Text);
        Assert.Contains("Who repairs the tuba?\n→ The tuba is repaired by our master.", told.Text);
        Desk.Press(Desk.Eve, Desk.Eve.Id, told, Desk.Buttons(told).Last());
        await Desk.ReplyAsync(Desk.Eve.Id, told.MessageId, m => m.Text!.StartsWith("What does a harmonica cost?", StringComparison.Ordinal) && m.Text.Contains("15 roubles", StringComparison.Ordinal));
        Assert.Equal(0, await one.Memory.OneAsync<long>("select count(*) from document_version where untold_since is not null"));
    }

    [Fact]
    public async Task Of_a_document_for_staff_no_question_is_shown()
    {
        var sent = Send("staff-oboes.md", "# Oboes\n\n## What does an oboe cost us?\n\nAn oboe costs us 12 roubles.", caption: "staff");
        await Desk.ReplyAsync(Desk.Eve.Id, sent, m => m.Text!.Contains("\"staff-oboes.md\" can be used", StringComparison.Ordinal));
        var next = Send("horns.md", "# Horns\n\n## What does a horn cost?\n\nA horn costs 80 roubles.");

        await Desk.ReplyAsync(Desk.Eve.Id, next, m => m.Text!.Contains(Questions, StringComparison.Ordinal));

        Assert.DoesNotContain(Told(sent), m => m.Text!.Contains("staff-oboes.md", StringComparison.Ordinal));
    }

    private IEnumerable<Message> Told(long after) =>
        Desk.Telegram.Messages(Desk.Eve.Id, after).Where(m => m.Text?.Contains(Questions, StringComparison.Ordinal) == true);

    private static IEnumerable<string> Labels(Message message) => message.ReplyMarkup!.InlineKeyboard.SelectMany(row => row).Select(button => button.Text);

    private long Send(string name, string text, string? caption = null) =>
        Desk.Telegram.SendFile(new UserFile(Desk.Eve.Id, Desk.Eve, name, Encoding.UTF8.GetBytes(text)) { Caption = caption }).MessageId;
}
