using System.Net;
using Support.Simulation;
using Xunit;

namespace Support.Tests.Simulation;

public sealed class FileTests : SimulationTest
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 3, 0, 0, 0, 2];

    [Fact]
    public async Task A_file_somebody_sent_is_downloaded_by_its_id()
    {
        Telegram.SendFile(new UserFile(Ann, StartingCompany.Ann, "how to.PDF", [1, 2, 3]) { MediaType = "application/pdf", Caption = "the manual" });

        var message = Assert.Single(await UpdatesAsync()).GetProperty("message");
        Assert.Equal("the manual", message.GetProperty("caption").GetString());
        Assert.Equal("how to.PDF", message.GetProperty("document").GetProperty("file_name").GetString());
        var file = (await Bot.CallAsync("getFile", new { file_id = message.GetProperty("document").GetProperty("file_id").GetString() })).Result;
        Assert.EndsWith(".pdf", file.GetProperty("file_path").GetString());
        using var download = await Bot.DownloadAsync(file.GetProperty("file_path").GetString()!);
        Assert.Equal([1, 2, 3], await download.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_file_over_20_MB_cannot_be_downloaded()
    {
        var message = Telegram.SendFile(new UserFile(Ann, StartingCompany.Ann, "big.bin", new byte[(20 * 1024 * 1024) + 1]));

        Assert.Equal("400 Bad Request: file is too big", (await Bot.CallAsync("getFile", new { file_id = message.Document!.FileId })).Refusal);
    }

    [Fact]
    public async Task A_bot_sends_a_file_and_sends_it_again_by_its_id()
    {
        var sent = await Bot.SendFileAsync("sendDocument", "document", [1], "report.csv", ("chat_id", "1001"), ("caption", "<b>Report</b>"), ("parse_mode", "HTML"));
        Assert.Equal("Report", sent.Result.GetProperty("caption").GetString());
        var id = sent.Result.GetProperty("document").GetProperty("file_id").GetString();

        var again = await Bot.CallAsync("sendDocument", new { chat_id = 1002, document = id });

        Assert.Equal(id, again.Result.GetProperty("document").GetProperty("file_id").GetString());
        Assert.Equal("400 Bad Request: wrong file identifier/HTTP URL specified", (await Bot.CallAsync("sendDocument", new { chat_id = Ann, document = "nonsense" })).Refusal);
        Assert.Equal("400 Bad Request: there is no document in the request", (await Bot.CallAsync("sendDocument", new { chat_id = Ann })).Refusal);
    }

    [Fact]
    public async Task A_file_may_be_attached_under_another_name()
    {
        Assert.True((await Bot.SendFileAsync("sendDocument", "upload", [1], "a.txt", ("chat_id", "1001"), ("document", "attach://upload"))).Ok);
        Assert.StartsWith("400 Bad Request: file \"stray\" is neither", (await Bot.SendFileAsync("sendMessage", "stray", [1], "a.txt", ("chat_id", "1001"), ("text", "a"))).Refusal);
    }

    [Fact]
    public async Task A_photo_must_be_a_picture()
    {
        var photo = (await Bot.SendFileAsync("sendPhoto", "photo", Png, "a.png", ("chat_id", "1001"))).Result.GetProperty("photo")[0];
        Assert.Equal((3, 2), (photo.GetProperty("width").GetInt32(), photo.GetProperty("height").GetInt32()));

        Assert.Equal("400 Bad Request: IMAGE_PROCESS_FAILED", (await Bot.SendFileAsync("sendPhoto", "photo", [1, 2, 3], "a.png", ("chat_id", "1001"))).Refusal);
    }

    [Fact]
    public async Task A_download_fails_when_told_to()
    {
        var message = Telegram.SendFile(new UserFile(Ann, StartingCompany.Ann, "a.txt", [1]));
        var path = (await Bot.CallAsync("getFile", new { file_id = message.Document!.FileId })).Result.GetProperty("file_path").GetString()!;
        Telegram.AddFault(new Fault(Fault.Download, 500) { Count = 1 });

        using (var failed = await Bot.DownloadAsync(path))
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        using (var unknown = await Bot.DownloadAsync("documents/file_99.txt"))
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}
