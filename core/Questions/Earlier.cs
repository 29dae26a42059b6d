namespace Support.Questions;

/// <summary>
/// The question before, if it was looked for lately: a message that says nothing on its own ("why so?") is read together with it.
/// </summary>
/// <param name="Text">What was looked for then.</param>
/// <param name="Decision">As <see cref="Decision.Name"/>.</param>
/// <param name="Shown">The chunks that the customer has been shown for it.</param>
public sealed record Earlier(string Text, string Decision, IReadOnlySet<long> Shown)
{
    /// <summary>Later, a message is about something else more often than not.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(30);

    /// <summary>The bot has asked already what is unclear about what it showed.</summary>
    public bool WasAskedBack => Decision == "ask_back";
}
