namespace Support.Tickets;

/// <summary>How an action on a ticket ended.</summary>
/// <param name="Notice">For whoever acted.</param>
/// <param name="Changed">The ticket is another than before, so its card is out of date.</param>
internal sealed record Outcome(string Notice, bool Changed)
{
    public static Outcome Done(string notice) => new(notice, true);

    public static Outcome Nothing(string notice) => new(notice, false);
}
