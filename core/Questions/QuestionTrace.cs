using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Models;
using Support.Retrieval;
using Support.Text;

namespace Support.Questions;

/// <summary>What a question's "why" is told from, beside its passages and the features' values. Kept as JSON in question.trace; every part may be missing.</summary>
/// <param name="Shares">See <see cref="Retrieved.Shares"/>.</param>
/// <param name="Found">See <see cref="Retrieved.WordsFound"/>.</param>
/// <param name="Missing">See <see cref="Retrieved.WordsMissing"/>.</param>
/// <param name="ReadAs">What it was read as, if that is not what was written.</param>
/// <param name="Searched">What was looked for, if that is more than the message: a follow-up with the question before it.</param>
/// <param name="Offered">The passages offered to choose from, by their place among the question's passages.</param>
/// <param name="Titles">What they were called on the buttons.</param>
/// <param name="Models">What was asked of models for it.</param>
/// <param name="Written">What a model that wrote, or should have written, made of it.</param>
public sealed record QuestionTrace(
    IReadOnlyDictionary<string, double>? Shares = null,
    IReadOnlyList<string>? Found = null,
    IReadOnlyList<string>? Missing = null,
    string? ReadAs = null,
    string? Searched = null,
    IReadOnlyList<int>? Offered = null,
    IReadOnlyList<string>? Titles = null,
    IReadOnlyList<TracedCall>? Models = null,
    string? Written = null)
{
    private const int MostWords = 20;

    /// <param name="asked">The customer's message.</param>
    public static QuestionTrace Of(string asked, Decided decided)
    {
        var found = decided.Retrieved;
        var among = (decided.Decision as Decision.Choose)?.Among;
        return new QuestionTrace(
            found.Shares.Count == 0 ? null : found.Shares.ToDictionary(share => share.Key, share => Math.Round(share.Value, 4)),
            Some(found.WordsFound),
            Some(found.WordsMissing),
            ReadAsOf(decided.Searched ?? asked, found),
            decided.Searched,
            among?.Select(passage => IndexOf(found.Passages, passage)).ToList(),
            among is null ? null : Siblings.TitlesOf(among),
            decided.Use is { Calls: { Count: > 0 } calls } ? [.. calls.Select(TracedCall.Of)] : null,
            decided.Written);
    }

    /// <returns>Null when it was read as it was written.</returns>
    public static string? ReadAsOf(string question, Retrieved found) =>
        found.Read.Count == 0 || Tokenizer.Tokens(question).SequenceEqual(found.Read) ? null : string.Join(' ', found.Read);

    public static QuestionTrace Read(string? json) =>
        json is null ? new QuestionTrace() : JsonSerializer.Deserialize(json, TraceJson.Default.QuestionTrace) ?? new QuestionTrace();

    public string ToJson() => JsonSerializer.Serialize(this, TraceJson.Default.QuestionTrace);

    private static List<string>? Some(IReadOnlyList<string> words) => words.Count == 0 ? null : [.. words.Take(MostWords)];

    private static int IndexOf(IReadOnlyList<Passage> passages, Passage one)
    {
        for (var i = 0; i < passages.Count; i++)
            if (passages[i].ChunkId == one.ChunkId)
                return i;
        throw new InvalidOperationException($"Chunk {one.ChunkId} is offered and not among the passages.");
    }
}

/// <param name="Ms">How long it took.</param>
/// <param name="Failure">Null when it succeeded.</param>
public sealed record TracedCall(string Role, string Model, int PromptTokens, int CompletionTokens, decimal Cost, int Ms, string? Failure)
{
    public static TracedCall Of(ModelCall call) =>
        new(call.Role.ToString(), call.Model, call.PromptTokens, call.CompletionTokens, call.Cost, (int)call.Took.TotalMilliseconds, call.Failure?.ToString());
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QuestionTrace))]
public sealed partial class TraceJson : JsonSerializerContext;
