using Support.Retrieval;

namespace Support.Questions;

/// <summary>What becomes of a question.</summary>
public abstract record Decision
{
    private Decision() { }

    /// <param name="Text">Plain text for the customer, without the source line.</param>
    public sealed record Answer(string Text, Passage Cited) : Decision;

    /// <summary>There is no question to be seen yet. The key is that of a text in Texts/*.json.</summary>
    public sealed record AskBack(string PhraseKey) : Decision;

    /// <param name="Draft">What an admin may send with one press; null when there is nothing to draft from.</param>
    public sealed record Escalate(string Reason, string? Draft) : Decision;

    public string Name => this switch { Answer => "answer", AskBack => "ask_back", _ => "escalate" };
}

/// <param name="Retrieved">What was found and how it was judged; for escalations what admins may see, documents for staff included.</param>
/// <param name="ForStaff">The draft or passages may hold what customers must not read.</param>
public sealed record Decided(Decision Decision, Retrieved Retrieved, string Language, bool ForStaff);
