namespace Support.Retrieval.Dense;

/// <summary>Numbers that are no direction: nothing can be said to be like them.</summary>
public sealed class BadVectorException(string message) : Exception(message);
