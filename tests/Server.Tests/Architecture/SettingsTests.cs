using System.Reflection;
using Support.Confidence;
using Support.Conversations;
using Support.Database;
using Support.Ingestion.Readers;
using Support.Knowledge;
using Support.OpenAi.Settings;
using Support.Qdrant;
using Support.Questions.Reading;
using Support.Replay;
using Support.Retrieval;
using Support.Server.Desk;
using Support.StorageQueue;
using Support.Telegram;
using Support.Tenants;
using Support.Tesseract;
using Support.Tickets;
using Xunit;

namespace Support.Tests.Architecture;

public sealed class SettingsTests
{
    [Theory]
    [InlineData(typeof(DatabaseOptions), DatabaseOptions.Section)]
    [InlineData(typeof(ConversationOptions), ConversationOptions.Section)]
    [InlineData(typeof(ConfidenceOptions), "Confidence")]
    [InlineData(typeof(InProcessIndexOptions), InProcessIndexOptions.Section)]
    [InlineData(typeof(RetrievalOptions), RetrievalOptions.Section)]
    [InlineData(typeof(ReaderLimits), ReaderLimits.Section)]
    [InlineData(typeof(TelegramOptions), TelegramOptions.Section)]
    [InlineData(typeof(StorageQueueOptions), StorageQueueOptions.Section)]
    [InlineData(typeof(DeskOptions), DeskOptions.Section)]
    [InlineData(typeof(TicketOptions), TicketOptions.Section)]
    [InlineData(typeof(ReadingOptions), ReadingOptions.Section)]
    [InlineData(typeof(TesseractOptions), TesseractOptions.Section)]
    [InlineData(typeof(SourceOptions), SourceOptions.Section + "__0")]
    [InlineData(typeof(QdrantOptions), QdrantOptions.Section)]
    [InlineData(typeof(ReplayOptions), ReplayOptions.Section)]
    [InlineData(typeof(ModelsOptions), ModelsOptions.Section)]
    [InlineData(typeof(RerankEndpointOptions), ModelsOptions.Section + "__RerankEndpoint")]
    [InlineData(typeof(ModelRoleOptions), ModelsOptions.Section + "__Answer", "…__")]
    [InlineData(typeof(ModelPriceOptions), ModelsOptions.Section + "__Prices__0", "…__")]
    public void The_page_of_settings_holds_every_one(Type options, string section, string? shortened = null)
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "settings.md"));
        var name = "Support__" + section.Split(':')[^1];

        Assert.All(options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite), property =>
            Assert.True(page.Contains($"{name}__{property.Name}", StringComparison.Ordinal) || (shortened is not null && page.Contains($"`{shortened}{property.Name}`", StringComparison.Ordinal)), $"{name}__{property.Name} is missing."));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "dev.cs")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no dev.cs above the tests.");
        return folder;
    }
}
