using System.ComponentModel.DataAnnotations;

namespace Support.Tickets;

public sealed class TicketOptions
{
    public const string Section = "Tickets";

    /// <summary>How long a customer waits for a person before the admins are reminded; again after twice, four and eight times that, then once a day. Shorter rings more often than people can answer; longer lets customers wait.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")] public TimeSpan RemindAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a customer waits before being told, once, that the question is still with the colleagues. Shorter sounds impatient; longer leaves customers wondering.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")] public TimeSpan TellCustomerAfter { get; set; } = TimeSpan.FromHours(4);

    /// <summary>An open ticket that nobody has touched for so long is named in the weekly report. No ticket closes by itself.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")] public TimeSpan StaleAfter { get; set; } = TimeSpan.FromDays(3);
}
