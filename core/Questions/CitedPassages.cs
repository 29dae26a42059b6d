using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Database;
using Support.Knowledge;
using Support.Retrieval;
using Support.Tickets;

namespace Support.Questions;

/// <summary>
/// What a question's trace keeps of its passages: which chunks, how they scored. The text stays in the chunk, so that a
/// document that is removed is gone from here as well.
/// </summary>
public static class CitedPassages
{
    public static string Serialize(IReadOnlyList<Passage> passages) =>
        JsonSerializer.Serialize([.. passages.Select(p => new CitedPassage(p.ChunkId, p.DocumentId, p.Version, p.Source, p.Title, p.Link, Math.Round(p.Score, 4), p.Audience == Audience.Staff))],
            QuestionJson.Default.CitedPassageArray);

    public static IReadOnlyList<CitedPassage> Read(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, QuestionJson.Default.CitedPassageArray) ?? [];

    private const string Texts =
        "select c.id, c.text from chunk c join document d on d.id = c.document_id where c.id = any(@chunks) and d.removed_at is null and (d.audience = 0 or @staff)";

    /// <summary>The texts of those that are still published, by chunk.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> TextsAsync(TenantTransaction transaction, IReadOnlyList<CitedPassage> passages, Audience audience, CancellationToken cancellation) =>
        (await transaction.QueryAsync<ChunkText>(Texts, new { chunks = passages.Select(p => p.Chunk).ToArray(), staff = audience == Audience.Staff }, cancellation))
        .ToDictionary(c => c.Id, c => c.Text);

    public static async Task<IReadOnlyList<TicketPassage>> ForTicketAsync(TenantTransaction transaction, string? json, CancellationToken cancellation)
    {
        var passages = Read(json);
        var texts = await TextsAsync(transaction, passages, Audience.Staff, cancellation);
        return [.. passages.Where(p => texts.ContainsKey(p.Chunk)).Take(5).Select(p => new TicketPassage(p.Source, p.Link, p.Title, texts[p.Chunk], p.Score, p.Staff))];
    }

    private sealed record ChunkText(long Id, string Text);
}

public sealed record CitedPassage(long Chunk, long Document, int Version, string Source, string Title, string? Link, double Score, bool Staff);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CitedPassage[]))]
public sealed partial class QuestionJson : JsonSerializerContext;
