using System.Globalization;
using System.Text;
using System.Text.Json;
using Support.Jobs;
using Support.StorageQueue;

namespace Support.Hosting;

/// <summary>
/// What the host posts for a queue trigger: {"Data": {name: message}, "Metadata": {…}}. A message arrives as a JSON string within a
/// JSON string, numbers arrive as strings; both are read however often they are quoted.
/// </summary>
/// <param name="Text">The message as it lay in the queue.</param>
/// <param name="Id">The host's id of it; empty when it gives none.</param>
/// <param name="DequeueCount">How often it was taken, this time included.</param>
internal sealed record Envelope(string Text, string Id, int DequeueCount)
{
    /// <returns>Null when the body is no envelope with one message.</returns>
    public static async Task<Envelope?> ReadAsync(Stream body, CancellationToken cancellation)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("Data", out var data) || data.ValueKind != JsonValueKind.Object)
                return null;
            // One trigger has one value; its name is the binding's.
            foreach (var value in data.EnumerateObject())
                return new Envelope(TextOf(value.Value), MetadataOf(json.RootElement, "Id"), NumberOf(json.RootElement, "DequeueCount"));
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The job that the message stands for. One that cannot be read says why, and becomes a dead letter; null when it was done before.</summary>
    public async Task<TakenJob?> JobAsync(StorageWorkQueue jobs, string queue, CancellationToken cancellation)
    {
        try
        {
            return await jobs.ReadAsync(queue, Id, Text, DequeueCount, cancellation);
        }
        catch (UnreadableMessageException e)
        {
            return e.IsFinished ? null : new TakenJob(queue, Id, "", Encoding.UTF8.GetBytes(Text), 0, DequeueCount, DateTimeOffset.UnixEpoch) { Unreadable = e.Message };
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? Unquoted(value.GetString()!) : value.GetRawText();

    private static string Unquoted(string text)
    {
        if (text is not ['"', .., '"'])
            return text;
        try
        {
            return JsonSerializer.Deserialize(text, EnvelopeJson.Default.String) ?? text;
        }
        catch (JsonException)
        {
            // It only looked like a quoted string.
            return text;
        }
    }

    private static string MetadataOf(JsonElement envelope, string name) =>
        envelope.TryGetProperty("Metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty(name, out var value) ? TextOf(value) : "";

    private static int NumberOf(JsonElement envelope, string name) =>
        int.TryParse(MetadataOf(envelope, name), CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1;
}
