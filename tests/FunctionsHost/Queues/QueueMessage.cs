using System.Globalization;
using System.Xml.Linq;

namespace Support.FunctionsHost.Queues;

/// <param name="Body">As it lies in the queue.</param>
internal sealed record QueueMessage(
    string Id, string PopReceipt, int DequeueCount, DateTimeOffset InsertionTime, DateTimeOffset ExpirationTime, DateTimeOffset NextVisibleTime, string Body)
{
    public static QueueMessage Read(XElement element) => new(
        Text(element, "MessageId"),
        Text(element, "PopReceipt"),
        int.Parse(Text(element, "DequeueCount"), CultureInfo.InvariantCulture),
        Time(element, "InsertionTime"),
        Time(element, "ExpirationTime"),
        Time(element, "TimeNextVisible"),
        Text(element, "MessageText"));

    private static string Text(XElement element, string name) => element.Element(name)?.Value ?? "";

    private static DateTimeOffset Time(XElement element, string name) => DateTimeOffset.ParseExact(Text(element, name), "R", CultureInfo.InvariantCulture);
}
