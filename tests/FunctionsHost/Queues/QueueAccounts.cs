namespace Support.FunctionsHost.Queues;

/// <summary>Queues by the settings that bindings name.</summary>
internal sealed class QueueAccounts(AppSettings settings, HttpMessageInvoker http)
{
    /// <exception cref="FunctionsHostException">The setting is missing or no connection string.</exception>
    public StorageQueue Open(string function, string connection, string queue) =>
        new(http, StorageAccount.Parse(connection, settings.Connection(function, connection)), queue);
}
