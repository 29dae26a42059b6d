using Microsoft.Extensions.Logging.Abstractions;
using Support.Conversations;
using Support.Simulation;
using Support.Telegram;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Simulation;

/// <summary>The desk's own messenger against the strict server: whatever it sends fits the specification, and every refusal reads as what it is.</summary>
public sealed class DeskClientTests : SimulationTest
{
    private static readonly BotId Desk = new(900001);
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly HttpClient _connections = BotApiConnections.CreateClient();

    private TelegramMessenger Messenger => new(new BotApiClient(_connections, Server, Clock), new OneToken(), NullLogger<TelegramMessenger>.Instance);

    private ValueTask<Delivery> SendAsync(long chat, Outgoing message) => Messenger.SendAsync(Desk, chat, message, None);

    [Fact]
    public async Task Everything_the_desk_sends_is_accepted()
    {
        var question = Write(Ann, "question").MessageId;
        var keyboard = Keyboard.Of([new Button("Helpful", "h:1"), new Button("Site", Url: "https://example.com")]);

        var sent = Assert.IsType<Delivery.Delivered>(await SendAsync(Ann, new Outgoing.SendText("<b>Answer</b>", keyboard, ReplyTo: question)));
        Assert.IsType<Delivery.Delivered>(await SendAsync(Ann, new Outgoing.EditText(sent.MessageId, "<i>Better</i>", keyboard)));
        Assert.IsType<Delivery.Delivered>(await SendAsync(Ann, new Outgoing.EditText(sent.MessageId, "<i>Better</i>", keyboard)));
        Assert.IsType<Delivery.Delivered>(await SendAsync(Ann, new Outgoing.EditKeyboard(sent.MessageId, null)));
        Assert.IsType<Delivery.Delivered>(await SendAsync(Group, new Outgoing.CopyMessage(Ann, question)));
        var topic = Assert.IsType<Delivery.Delivered>(await SendAsync(Forum, new Outgoing.CreateTopic("Ticket 1"))).MessageId;
        Assert.IsType<Delivery.Delivered>(await SendAsync(Forum, new Outgoing.SendText("card", Thread: topic)));
        Assert.IsType<Delivery.Delivered>(await SendAsync(Forum, new Outgoing.CloseTopic(topic)));
        await Messenger.ShowTypingAsync(Desk, Ann, null, None);
        Assert.Equal(new BotStanding(BotRole.Administrator, true, true, true), await Messenger.StandingAsync(Desk, Group, None));

        Assert.Equal(1, Telegram.Stats().Calls["sendChatAction"]);
        Assert.Equal(["editMessageText"], Telegram.Stats().Refusals.Keys);
    }

    [Fact]
    public async Task Every_refusal_reads_as_what_it_is()
    {
        Assert.IsType<Delivery.BadEntities>(await SendAsync(Ann, new Outgoing.SendText("<b>unclosed")));
        Assert.IsType<Delivery.ChatGone>(await SendAsync(555, new Outgoing.SendText("a")));
        Assert.IsType<Delivery.TopicGone>(await SendAsync(Forum, new Outgoing.SendText("a", Thread: 77)));
        Telegram.AddFault(new Fault("sendMessage", 429) { RetryAfter = 9, Count = 1 });
        Assert.Equal(new Delivery.Wait(TimeSpan.FromSeconds(9)), await SendAsync(Ann, new Outgoing.SendText("a")));
        Telegram.SetMember(new MembershipChange(Ann, "kicked") { Bot = 0 });
        Assert.IsType<Delivery.ChatGone>(await SendAsync(Ann, new Outgoing.SendText("a")));
        Write(-77, "hello", from: 3001);
        Telegram.Migrate(new Migration(-77, -1002000000077));
        Assert.Equal(new Delivery.Moved(-1002000000077), await SendAsync(-77, new Outgoing.SendText("a")));
    }

    [Fact]
    public async Task A_customers_file_is_read_back()
    {
        var file = Telegram.SendFile(new UserFile(Ann, StartingCompany.Ann, "a.txt", [1, 2, 3])).Document!;

        var download = Assert.IsType<FileDownload.Complete>(await Messenger.DownloadAsync(Desk, file.FileId, 1000, None));
        Assert.Equal([1, 2, 3], download.Bytes);
    }

    public override async ValueTask DisposeAsync()
    {
        _connections.Dispose();
        await base.DisposeAsync();
    }

    private sealed class OneToken : IBotTokens
    {
        public ValueTask<string?> TokenAsync(BotId bot, CancellationToken cancellation) => ValueTask.FromResult<string?>(StartingCompany.Bot.Token);
    }
}
