namespace Support.FunctionsHost;

/// <summary>The app cannot be run: a file of it is wrong, a setting is missing, or its handler did not start. The message is for people.</summary>
public sealed class FunctionsHostException(string message, Exception? inner = null) : Exception(message, inner);
