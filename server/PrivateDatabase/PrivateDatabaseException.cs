namespace Support.Server.PrivateDatabase;

/// <summary>The private PostgreSQL cannot be made or started. The message is for the person at the terminal.</summary>
internal sealed class PrivateDatabaseException(string message) : Exception(message);
