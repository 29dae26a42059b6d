using System.Security.Cryptography;
using System.Text.Json;
using Spectre.Console;
using Support.Server.Commands;
using Support.Server.PrivateDatabase;

namespace Support.Server.Supervisor;

/// <summary>Gives the sample documents to a desk that is only tried out: each once, so that one the user removed stays away.</summary>
internal sealed class Samples(DataFolder data, string folder, DocumentUpload upload)
{
    public async Task IndexAsync(CancellationToken cancel)
    {
        var given = File.Exists(data.Samples)
            ? JsonSerializer.Deserialize(await File.ReadAllTextAsync(data.Samples, cancel), SupervisorJson.Default.DictionaryStringString)!
            : [];
        var missing = new List<(FoundDocument Document, string Hash)>();
        foreach (var document in FoundDocument.Below(folder).Where(document => document.Name != "README.md"))
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(document.Path, cancel)));
            if (given.GetValueOrDefault(document.Name) != hash)
                missing.Add((document, hash));
        }

        if (missing.Count == 0)
            return;

        await AnsiConsole.Progress().StartAsync(async progress =>
        {
            var bar = progress.AddTask("Samples are indexed", maxValue: missing.Count);
            foreach (var (document, hash) in missing)
            {
                var report = await upload.SendAsync(document, cancel);
                if (report.Status == "refused")
                    Screen.Warn($"Sample {document.Name} was refused: {report.Reason}");
                given[document.Name] = hash;
                bar.Increment(1);
            }
        });
        PrivateFile.Write(data.Samples, JsonSerializer.Serialize(given, SupervisorJson.Default.DictionaryStringString));
    }
}
