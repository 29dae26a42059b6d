namespace Support.Tickets;

/// <summary>What a ticket's button sends back: "t:12:take". Anybody could send such data, so it gives no right to anything.</summary>
internal static class ButtonData
{
    private const string Prefix = "t:";

    public static string Of(long ticket, string action) => $"{Prefix}{ticket}:{action}";

    public static bool IsOurs(string data) => data.StartsWith(Prefix, StringComparison.Ordinal);

    public static (long Ticket, string Action)? Read(string data) =>
        data.Split(':') is [_, var id, var action] && long.TryParse(id, out var ticket) ? (ticket, action) : null;
}
