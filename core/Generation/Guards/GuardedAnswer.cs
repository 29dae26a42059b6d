using Support.Generation.Grounding;
using Support.Text;

namespace Support.Generation.Guards;

/// <summary>A model's answer, and all that it is judged by.</summary>
/// <param name="Question">As the customer wrote it; the answer must be in its language.</param>
/// <param name="Text">As the model wrote it: with placeholders and with citations, [1].</param>
/// <param name="Citations">Of the answer as a whole, for sentences that cite nothing themselves.</param>
/// <param name="Passages">What the writer was given, with personal data in it, without the sentences that address a model.</param>
/// <param name="Placeholders">By which the writer's texts were masked.</param>
/// <param name="Prompt">Of the writer's system prompt.</param>
/// <param name="Secrets">What must never be seen, such as the nonce of the call's fence.</param>
/// <param name="Thesaurus">What means the same to the tenant.</param>
public sealed record GuardedAnswer(
    string Question,
    string Text,
    IReadOnlyList<int> Citations,
    IReadOnlyList<NumberedPassage> Passages,
    Placeholders Placeholders,
    PromptLeak Prompt,
    IReadOnlyList<string> Secrets,
    Thesaurus Thesaurus);
