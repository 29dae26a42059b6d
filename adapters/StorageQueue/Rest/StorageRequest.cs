using System.Text;

namespace Support.StorageQueue.Rest;

/// <summary>One call, before it is signed.</summary>
/// <param name="Operation">For the counters.</param>
/// <param name="Path">Below the account's address, with a slash in front; queue names and message ids need no escaping.</param>
/// <param name="Query">Names in small letters; values not escaped.</param>
internal sealed record StorageRequest(string Operation, HttpMethod Method, string Path, params IReadOnlyList<(string Name, string Value)> Query)
{
    /// <summary>XML.</summary>
    public byte[]? Body { get; init; }

    public Uri AddressAt(Uri queues, string suffix)
    {
        var text = new StringBuilder(queues.AbsoluteUri.TrimEnd('/')).Append(Path);
        var separator = '?';
        foreach (var (name, value) in Query)
        {
            text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
        if (suffix.Length > 0)
            text.Append(separator).Append(suffix);
        return new Uri(text.ToString());
    }
}
