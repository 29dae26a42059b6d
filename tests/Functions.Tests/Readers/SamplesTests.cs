using Support.Knowledge;
using Xunit;

namespace Support.Tests.Readers;

public sealed class SamplesTests
{
    [Fact]
    public async Task Every_sample_is_read_whole()
    {
        var chunks = new List<ChunkDraft>();
        foreach (var path in Directory.GetFiles(Samples.Folder, "*.*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "README.md"))
        {
            var reading = await Read.Reader().ReadFileAsync(path, TestContext.Current.CancellationToken);
            Assert.True(reading is Reading.Complete { Skipped: [] }, $"{path}: {reading}");
            chunks.AddRange(Chunker.Cut(((Reading.Complete)reading).Documents, new ChunkOptions()));
        }

        Assert.InRange(chunks.Count, 60, 130);
        Assert.Contains(chunks, chunk => chunk.Text.Contains("Казань | 3–4 дня | 350 ₽", StringComparison.Ordinal));
        Assert.Contains(chunks, chunk => chunk.Title.EndsWith("Error codes", StringComparison.Ordinal) && chunk.Text.Contains("E7 | The laser sees nothing", StringComparison.Ordinal));
        Assert.Contains(chunks, chunk => chunk.Title == "Искры: программа лояльности / Как потратить искры" && chunk.Text.StartsWith("1. В корзине", StringComparison.Ordinal));
    }
}
