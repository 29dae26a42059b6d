using System.Globalization;
using System.Text;
using System.Xml;

namespace Support.StorageQueue.Rest;

/// <summary>The XML of the queue service.</summary>
internal static class QueueXml
{
    // Characters that XML does not allow cannot have been put, and one that got in all the same must not hide the other messages.
    private static readonly XmlReaderSettings Reading = new() { Async = true, CheckCharacters = false, IgnoreComments = true, DtdProcessing = DtdProcessing.Prohibit };
    private static readonly XmlWriterSettings Writing = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), OmitXmlDeclaration = true };

    public static byte[] Message(string text)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, Writing))
        {
            writer.WriteStartElement("QueueMessage");
            writer.WriteElementString("MessageText", text);
            writer.WriteEndElement();
        }
        return bytes.ToArray();
    }

    /// <exception cref="StorageQueueException">It is no list of messages.</exception>
    public static async Task<IReadOnlyList<QueueMessage>> ReadMessagesAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        try
        {
            using var reader = XmlReader.Create(stream, Reading);
            var messages = new List<QueueMessage>();
            await reader.MoveToContentAsync();
            if (reader.Name != "QueueMessagesList")
                throw NoList(response, null);
            await reader.ReadAsync();
            while (await reader.MoveToContentAsync() is XmlNodeType.Element)
                messages.Add(await ReadMessageAsync(reader));
            return messages;
        }
        catch (Exception e) when (e is XmlException or FormatException or KeyNotFoundException)
        {
            throw NoList(response, e);
        }
    }

    private static async Task<QueueMessage> ReadMessageAsync(XmlReader reader)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        await reader.ReadAsync();
        while (await reader.MoveToContentAsync() is XmlNodeType.Element)
            parts[reader.Name] = await reader.ReadElementContentAsStringAsync();
        await reader.ReadAsync();
        return new QueueMessage(
            parts["MessageId"],
            parts.GetValueOrDefault("PopReceipt", ""),
            parts["MessageText"],
            int.Parse(parts["DequeueCount"], CultureInfo.InvariantCulture),
            DateTimeOffset.Parse(parts["InsertionTime"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }

    /// <summary>The code within an error's body, when the header is missing and the body is the service's own.</summary>
    public static async Task<string?> ErrorCodeAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/xml")
            return null;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            using var reader = XmlReader.Create(stream, Reading);
            while (await reader.ReadAsync())
            {
                if (reader is { NodeType: XmlNodeType.Element, Name: "Code" } && await reader.ReadElementContentAsStringAsync() is { Length: > 0 and < 64 } code && code.All(char.IsAsciiLetterOrDigit))
                    return code;
            }
        }
        catch (XmlException)
        {
            // Then there is none.
        }
        return null;
    }

    private static StorageQueueException NoList(HttpResponseMessage response, Exception? inner) =>
        new((int)response.StatusCode, null, $"{(int)response.StatusCode} with something that is no list of messages", inner);
}
