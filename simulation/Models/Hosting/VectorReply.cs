using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Support.Simulation.Models;

/// <summary>Embeddings and rerank scores, both from <see cref="TextVector"/>.</summary>
internal static class VectorReply
{
    public static JsonObject Embeddings(ModelRequest request, int usual, Trouble? trouble)
    {
        var body = request.Body;
        var texts = Texts(body, "input");
        var length = body.TryGetProperty("dimensions", out var wanted) ? wanted.GetInt32() : usual;
        var isBase64 = body.TryGetProperty("encoding_format", out var format) && format.GetString() == "base64";
        var data = new JsonArray();
        for (var i = 0; i < texts.Count && trouble != Trouble.EmptyAnswer; i++)
        {
            var vector = TextVector.Of(texts[i], length);
            if (trouble == Trouble.WrongLength && i == texts.Count - 1)
                vector = vector[..(length / 2)];
            data.Add(new JsonObject { ["object"] = "embedding", ["index"] = i, ["embedding"] = isBase64 ? JsonValue.Create(Base64(vector)) : new JsonArray([.. vector.Select(number => JsonValue.Create(number))]) });
        }
        var tokens = texts.Sum(TokenEstimate.Of);
        return new JsonObject { ["object"] = "list", ["data"] = data, ["model"] = request.Model, ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens } };
    }

    /// <summary>The best first, as servers give them.</summary>
    public static JsonNode Scores(ModelRequest request, bool isTei, int length, Trouble? trouble)
    {
        var query = TextVector.Of(request.Body.GetProperty("query").GetString() ?? "", length);
        var texts = Texts(request.Body, isTei ? "texts" : "documents");
        var scores = texts.Select((text, index) => (Index: index, Score: TextVector.Cosine(query, TextVector.Of(text, length)))).OrderByDescending(one => one.Score).ToList();
        if (trouble == Trouble.EmptyAnswer)
            scores = [];
        if (trouble == Trouble.WrongLength)
            scores = [.. scores.Skip(1)];
        var list = new JsonArray([.. scores.Select(one => new JsonObject { ["index"] = one.Index, [isTei ? "score" : "relevance_score"] = one.Score })]);
        return isTei ? list : new JsonObject { ["model"] = request.Model, ["results"] = list, ["usage"] = new JsonObject { ["total_tokens"] = texts.Sum(TokenEstimate.Of) } };
    }

    private static List<string> Texts(JsonElement body, string name) => body.TryGetProperty(name, out var given)
        ? given.ValueKind == JsonValueKind.String ? [given.GetString()!] : [.. given.EnumerateArray().Select(one => one.GetString() ?? "")]
        : throw new JsonException($"{name} is wanted.");

    private static string Base64(float[] vector) => Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector));
}
