namespace Support.Tests.FunctionsHost;

/// <summary>A request as the handler received it.</summary>
internal sealed record Got(string Method, string Target, Dictionary<string, string> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}
