namespace Support.Bench;

/// <summary>The command line asks for something that is not there; the message says what would be.</summary>
internal sealed class UsageException(string message) : Exception(message);
