namespace Support.Retrieval.Dense;

/// <summary>Which embedding model a vector is of, and how long it is: only vectors of one space can be compared.</summary>
/// <param name="Model">As the desk's settings name it.</param>
/// <param name="Length">Numbers in a vector.</param>
public sealed record VectorSpace(string Model, int Length);
