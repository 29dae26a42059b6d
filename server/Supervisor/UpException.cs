namespace Support.Server.Supervisor;

/// <summary>The desk cannot run as asked. The message is for the person at the terminal.</summary>
internal sealed class UpException(string message) : Exception(message);
