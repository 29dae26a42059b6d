namespace Support.Generation.Grounding;

/// <summary>A word of a text that is compared.</summary>
/// <param name="Text">Folded.</param>
/// <param name="Position">Among the words of the text.</param>
/// <param name="Clause">Which part of the sentence it stands in, counted by commas and the like.</param>
/// <param name="IsContent">It is no function word.</param>
/// <param name="IsName">Capitalised within a sentence, of another alphabet than the text, or a code: it stands for one thing only.</param>
/// <param name="IsQuoted">See <see cref="TextToken"/>.</param>
/// <param name="IsNegated">A negation stands before it, or after it as in "пароля нет".</param>
internal sealed record Word(string Text, string Stem, int Position, int Clause, int Line, bool IsContent, bool IsName, bool IsQuoted, bool IsNegated);
