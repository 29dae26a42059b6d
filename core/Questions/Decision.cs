using Support.Generation.Writing;
using Support.Models;
using Support.Retrieval;

namespace Support.Questions;

/// <summary>What becomes of a question.</summary>
public abstract record Decision
{
    private Decision() { }

    /// <param name="Text">Plain text for the customer, without the source line.</param>
    public sealed record Answer(string Text, Passage Cited) : Decision
    {
        /// <summary>Further passages that the text cites: [1] is <see cref="Cited"/>, [2] the first of these. Empty where the text cites nothing by number.</summary>
        public IReadOnlyList<Passage> Further { get; init; } = [];

        public IEnumerable<Passage> AllCited => Further.Prepend(Cited);
    }

    /// <summary>Several passages fit nearly alike: the customer says which is meant.</summary>
    /// <param name="Among">Two or three, best first, as <see cref="Siblings"/> found them; all of them for customers.</param>
    public sealed record Choose(IReadOnlyList<Passage> Among) : Decision;

    /// <summary>There is no question to be seen yet. The key is that of a text in Texts/*.json.</summary>
    public sealed record AskBack(string PhraseKey) : Decision;

    /// <param name="Draft">What an admin may send with one press; null when there is nothing to draft from.</param>
    public sealed record Escalate(string Reason, string? Draft) : Decision;

    public string Name => this switch { Answer => "answer", Choose => "choose", AskBack => "ask_back", _ => "escalate" };
}

/// <param name="Retrieved">What was found and how it was judged; for escalations what admins may see, documents for staff included.</param>
/// <param name="ForStaff">The draft or passages may hold what customers must not read.</param>
public sealed record Decided(Decision Decision, Retrieved Retrieved, string Language, bool ForStaff)
{
    /// <summary>What was looked for, if that is more than the message; see <see cref="Earlier"/>.</summary>
    public string? Searched { get; init; }

    /// <summary>What was asked of models for it; null when none might be asked.</summary>
    public ModelUse? Use { get; init; }

    /// <summary>The same, handed over for another reason.</summary>
    public Decided Because(string reason) => Decision is Decision.Escalate escalate ? this with { Decision = escalate with { Reason = reason } } : this;

    /// <summary>What a model that wrote, or should have written, made of it; null when none did.</summary>
    public string? Written { get; init; }

    /// <summary>What it wrote, sentence by sentence; see <see cref="Written.Sentences"/>.</summary>
    public IReadOnlyList<WrittenSentence> Sentences { get; init; } = [];
}
