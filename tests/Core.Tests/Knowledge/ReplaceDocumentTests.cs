using Support.Conversations;
using Support.Knowledge;
using Support.Tenants;
using Support.Tests.Tickets;

namespace Support.Tests.Knowledge;

public sealed class ReplaceDocumentTests
{
    private const long Editor = 4001;

    [Fact]
    public async Task A_file_is_awaited_for_ten_minutes_and_not_for_a_removed_document()
    {
        var desk = await TicketDesk.CreateAsync();
        var document = await AddDocumentAsync(desk, desk.Bot);

        Assert.Equal("en/guide.md", await BeginAsync(desk, desk.Bot, document));
        desk.Now += TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1);
        Assert.Equal(new ReplacedDocument("en/guide.md", (short)Audience.Staff), await FindAsync(desk, desk.Bot, Editor));
        Assert.Null(await FindAsync(desk, desk.Bot, Editor + 1));
        desk.Now += TimeSpan.FromSeconds(1);
        Assert.Null(await FindAsync(desk, desk.Bot, Editor));

        await BeginAsync(desk, desk.Bot, document);
        await desk.InAsync(tx => RemoveDocument.InsideAsync(tx, new NoFollower(), document, Editor, desk.Now, CancellationToken.None));
        Assert.Null(await FindAsync(desk, desk.Bot, Editor));
        Assert.Null(await BeginAsync(desk, desk.Bot, document));
    }

    [Fact]
    public async Task Another_companys_document_can_neither_be_awaited_nor_seen()
    {
        var desk = await TicketDesk.CreateAsync();
        var other = await desk.AddTenantAsync();
        var theirs = await AddDocumentAsync(desk, other);

        Assert.Null(await BeginAsync(desk, desk.Bot, theirs));
        await BeginAsync(desk, other, theirs);

        Assert.Null(await FindAsync(desk, desk.Bot, Editor));
        Assert.Equal("en/guide.md", (await FindAsync(desk, other, Editor))?.Name);
    }

    [Theory]
    [InlineData("en/guide.md", "Guide (2).MD", true)]
    [InlineData("en/guide.md", "guide.txt", true)]
    [InlineData("en/guide.md", "file-17", true)]
    [InlineData("faq.html", "faq.htm", true)]
    [InlineData("en/guide.md", "guide.csv", false)]
    [InlineData("guide.docx", "guide.pdf", false)]
    [InlineData("guide", "guide.pdf", false)]
    public void A_file_fits_a_document_of_its_own_kind(string document, string file, bool fits) => Assert.Equal(fits, ReplaceDocument.Fits(document, file));

    private static async Task<long> AddDocumentAsync(TicketDesk desk, BotInfo bot)
    {
        var upload = new Upload("en/guide.md", "# Guide"u8.ToArray(), Audience.Staff, "http");
        return (await desk.InAsync(bot, tx => UploadDocument.InsideAsync(tx, upload, desk.Now, CancellationToken.None))).Document;
    }

    private static Task<string?> BeginAsync(TicketDesk desk, BotInfo bot, long document) =>
        desk.InAsync(bot, tx => ReplaceDocument.BeginAsync(new UpdateScope(tx, bot, desk.Now), Editor, document, CancellationToken.None));

    private static Task<ReplacedDocument?> FindAsync(TicketDesk desk, BotInfo bot, long person) =>
        desk.InAsync(bot, tx => ReplaceDocument.FindAsync(new UpdateScope(tx, bot, desk.Now), person, CancellationToken.None));
}
