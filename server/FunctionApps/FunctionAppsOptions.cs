namespace Support.Server.FunctionApps;

/// <summary>What <c>up --functions</c> runs; <c>dev.cs</c> builds and installs all three.</summary>
/// <param name="Apps">The folder of both published apps: functions/ and ingestion/.</param>
/// <param name="Host">The stand-in for the Functions host, a program.</param>
/// <param name="Azurite">The folder of npm's azurite, the emulator of Storage queues.</param>
internal sealed record FunctionAppsOptions(string Apps, string Host, string Azurite);
