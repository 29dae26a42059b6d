namespace Support.Knowledge;

/// <param name="Hash">Of the text.</param>
/// <param name="Vector">Null where the model gives none for this text.</param>
/// <param name="Failures">How many further tries this one counts as; 0 where there is a vector.</param>
internal sealed record TextVector(byte[] Hash, float[]? Vector, int Failures);
