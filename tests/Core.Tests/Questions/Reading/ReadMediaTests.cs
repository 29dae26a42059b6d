using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Support.Conversations;
using Support.Generation;
using Support.Jobs;
using Support.Knowledge;
using Support.Models;
using Support.Tickets;

namespace Support.Tests.Questions.Reading;

/// <summary>Voice messages of customers, on a real PostgreSQL: what is read, how often, and what is left to people.</summary>
public sealed class ReadMediaTests : IAsyncLifetime
{
    private const string Question = "сколько стоит рассрочка на товар";
    private static readonly Medium Voice = new(MediumKind.Voice, "voice-1", null, "audio/ogg", 900) { Seconds = 4 };

    private readonly HearingModels _models = new();
    private TalkDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _desk = await TalkDesk.OpenAsync(add: services => services.AddSingleton<IModels>(_models));
        Holds("voice-1", Question);
    }

    [Fact]
    public async Task A_voice_message_is_asked_like_a_typed_question()
    {
        var passages = await _desk.PublishAsync(Audience.Customers, ("Рассрочка", .9));
        _desk.Finds(Question, passages, .95);

        var sent = await _desk.SendAsync(Voice);

        Assert.StartsWith($"Я понял так: «{Question}»", Assert.Single(sent).Html);
        Assert.Contains(TalkDesk.TextOf("Рассрочка"), sent[0].Html);
        Assert.Equal([Question], _desk.Asked);
        Assert.Equal("0.01", await _desk.OneAsync<string>("select trace -> 'models' -> 0 ->> 'cost' from question"));
        Assert.Null(_models.Language);
    }

    [Fact]
    public async Task Answering_again_reads_nothing_again()
    {
        var first = await _desk.PublishAsync(Audience.Customers, ("Рассрочка", .9));
        var second = await _desk.PublishAsync(Audience.Customers, ("Оплата", .8));
        _desk.Finds(Question, first, .95);
        await _desk.ReceiveAsync(_desk.FileOf(Voice));

        // The document goes while the answer is made.
        _desk.Searching = (_, _) => _desk.RemoveAsync(first[0]).GetAwaiter().GetResult();
        Assert.IsType<Verdict.Later>(await _desk.AnswerAsync());
        _desk.Searching = null;
        _desk.Finds(Question, second, .95);
        var sent = await _desk.SettleAsync(TalkDesk.Customer);

        Assert.Contains(TalkDesk.TextOf("Оплата"), Assert.Single(sent).Html);
        Assert.StartsWith("Я понял так", sent[0].Html);
        Assert.Equal(1, _models.Heard);
    }

    [Fact]
    public async Task While_a_person_has_the_conversation_nothing_is_read()
    {
        await _desk.CommandAsync("human");

        Assert.Empty(await _desk.SendAsync(Voice));
        Assert.Equal(0, _models.Heard);
    }

    [Fact]
    public async Task One_that_cannot_be_read_takes_all_to_a_person_at_no_cost()
    {
        await _desk.SendAsync(Voice, new Medium(MediumKind.Location, null, null, null, null));

        Assert.Equal(Support.Questions.Reasons.UnsupportedMedia, await _desk.OneAsync<string>("select reason from ticket"));
        Assert.Equal(0, _models.Heard);
    }

    [Theory]
    [InlineData(MediumKind.Voice, 900, 121)]
    [InlineData(MediumKind.Voice, 900, null)]
    [InlineData(MediumKind.Voice, 3 * 1024 * 1024, 1)]
    [InlineData(MediumKind.Voice, null, 4)]
    [InlineData(MediumKind.Voice, 11 * 1024 * 1024, 60)]
    [InlineData(MediumKind.Video, 900, 4)]
    [InlineData(MediumKind.Photo, 900, null)]
    public async Task What_is_too_long_too_large_or_of_another_kind_is_for_a_person(MediumKind kind, int? size, int? seconds)
    {
        await _desk.SendAsync(new Medium(kind, "voice-1", null, null, size) { Seconds = seconds });

        Assert.Equal(Support.Questions.Reasons.UnsupportedMedia, await _desk.OneAsync<string>("select reason from ticket"));
        Assert.Equal(0, _models.Heard);
    }

    [Fact]
    public async Task Another_file_in_its_place_is_read_without_a_new_caption()
    {
        var passages = await _desk.PublishAsync(Audience.Customers, ("Рассрочка", .9));
        _desk.Finds(Question, passages, .95);
        _desk.Finds("где склад", passages, .95);
        Holds("voice-2", "где склад");
        var first = (Incoming.MessageReceived)_desk.FileOf(Voice with { UniqueId = "u1" });
        await _desk.ReceiveAsync(first);
        await _desk.SettleAsync(TalkDesk.Customer);

        // Telegram may name the same file anew: that is no edit.
        Assert.Empty(await EditAsync(first.Message with { Medium = Voice with { FileId = "voice-1-again", UniqueId = "u1" } }));
        Assert.StartsWith("Я понял так: «где склад»", Assert.Single(await EditAsync(first.Message with { Medium = Voice with { FileId = "voice-2", UniqueId = "u2" } })).Html);
        Assert.Equal(2, _models.Heard);
    }

    [Fact]
    public async Task What_was_heard_of_a_file_is_not_said_of_the_one_that_took_its_place()
    {
        var passages = await _desk.PublishAsync(Audience.Customers, ("Рассрочка", .9));
        _desk.Finds(Question, passages, .95);
        _desk.Finds("где склад", passages, .95);
        Holds("voice-2", "где склад");
        var first = (Incoming.MessageReceived)_desk.FileOf(Voice);
        await _desk.ReceiveAsync(first);
        _models.Hearing = () => _desk.ReceiveAsync(new Incoming.MessageEdited(first.Message with { Medium = Voice with { FileId = "voice-2" } })).GetAwaiter().GetResult();
        await _desk.AnswerAsync();
        _models.Hearing = null;
        await _desk.SettleAsync(TalkDesk.Customer);

        Assert.Equal("где склад", await _desk.OneAsync<string>("select reading from message where medium is not null"));
        Assert.Equal("где склад", await _desk.OneAsync<string>("select text from question order by id desc limit 1"));
    }

    [Fact]
    public async Task Who_has_asked_models_much_lately_is_answered_without_them()
    {
        _desk.Finds(Question, await _desk.PublishAsync(Audience.Customers, ("Рассрочка", .9)), .95);
        for (var i = 0; i < new GenerationOptions().QuestionsAnHour; i++)
            Assert.NotEmpty(await _desk.SendAsync(Voice));
        Assert.Equal(new GenerationOptions().QuestionsAnHour, _models.Heard);

        await _desk.SendAsync(Voice);
        Assert.Equal(new GenerationOptions().QuestionsAnHour, _models.Heard);
        Assert.Equal(Support.Questions.Reasons.UnsupportedMedia, await _desk.OneAsync<string>("select reason from ticket"));
    }

    [Fact]
    public async Task More_files_than_allowed_are_for_a_person()
    {
        await _desk.SendAsync(Voice, Voice, Voice, Voice);

        Assert.Equal(Support.Questions.Reasons.UnsupportedMedia, await _desk.OneAsync<string>("select reason from ticket"));
        Assert.Equal(0, _models.Heard);
    }

    [Fact]
    public async Task What_Telegram_does_not_give_is_for_a_person()
    {
        await _desk.SendAsync(Voice with { FileId = "gone" });

        Assert.Equal(Support.Questions.Reasons.UnsupportedMedia, await _desk.OneAsync<string>("select reason from ticket"));
    }

    [Fact]
    public async Task Several_are_one_question_and_the_card_says_what_was_heard()
    {
        Holds("voice-2", "и\0 можно ли <вернуть>\u200B его");

        var sent = await _desk.SendAsync(Voice, Voice with { FileId = "voice-2" });

        Assert.Equal($"{Question}\nи можно ли <вернуть> его", await _desk.OneAsync<string>("select text from question"));
        Assert.Equal($"🎙 {Question}\n🎙 и можно ли <вернуть> его", await _desk.OneAsync<string>("select question from ticket"));
        Assert.StartsWith($"Я понял так: «{Question} · и можно ли &lt;вернуть&gt; его»", Assert.Single(sent).Html);
        Assert.Equal(2, await _desk.OneAsync<long>("select count(*) from outbox where body ->> 'kind' = 'copy'"));
    }

    [Fact]
    public async Task A_new_caption_reads_nothing_again_and_another_file_is_read()
    {
        var passages = await _desk.PublishAsync(Audience.Customers, ("Рассрочка", .9));
        _desk.Finds(Question, passages, .95);
        _desk.Finds($"здравствуйте\n{Question}", passages, .95);
        _desk.Finds("здравствуйте ещё раз\nгде склад", passages, .95);
        Holds("voice-2", "где склад");
        var first = (Incoming.MessageReceived)_desk.FileOf(Voice);
        await _desk.ReceiveAsync(first);
        await _desk.SettleAsync(TalkDesk.Customer);

        await EditAsync(first.Message with { Text = "здравствуйте" });
        Assert.Equal(1, _models.Heard);
        var sent = await EditAsync(first.Message with { Text = "здравствуйте ещё раз", Medium = Voice with { FileId = "voice-2" } });

        Assert.StartsWith("Я понял так: «где склад»", Assert.Single(sent).Html);
        Assert.Equal(2, _models.Heard);
    }

    [Fact]
    public async Task Silence_is_for_a_person()
    {
        Holds("voice-1", " … ");

        await _desk.SendAsync(Voice);

        Assert.Equal(Support.Questions.Reasons.UnsupportedMedia, await _desk.OneAsync<string>("select reason from ticket"));
        Assert.Equal("", await _desk.OneAsync<string>("select reading from message where direction = 0"));
    }

    private async Task<IReadOnlyList<Sent>> EditAsync(IncomingMessage message)
    {
        await _desk.ReceiveAsync(new Incoming.MessageEdited(message));
        return await _desk.SettleAsync(TalkDesk.Customer);
    }

    private void Holds(string file, string words) => ((SilentMessenger)_desk.Get<IMessenger>()).Files[file] = Encoding.UTF8.GetBytes(words);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
