using Microsoft.Extensions.Configuration;

namespace Support.StorageQueue;

/// <summary>The names under which an account's settings stand in the environment: our own, or those of the Functions host.</summary>
/// <param name="ConnectionString">Also where the advice of error messages points to when no other setting is given.</param>
internal sealed record SettingNames(string ConnectionString, string AccountName, string ServiceUri, string ClientId, string Credential)
{
    public static readonly SettingNames Own = Under("Support__StorageQueue__");

    /// <summary>https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity</summary>
    public static readonly SettingNames Host = new(
        "AzureWebJobsStorage", "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential");

    private static SettingNames Under(string prefix) =>
        new(prefix + "ConnectionString", prefix + "AccountName", prefix + "ServiceUri", prefix + "ClientId", prefix + "Credential");

    /// <summary>Fills in what is set; an empty variable means the same as none.</summary>
    public void Read(IConfiguration configuration, StorageQueueOptions options)
    {
        options.Names = this;
        options.ConnectionString = Given(configuration, ConnectionString);
        options.AccountName = Given(configuration, AccountName);
        options.ServiceUri = Given(configuration, ServiceUri);
        options.ClientId = Given(configuration, ClientId);
        options.Credential = Given(configuration, Credential);
    }

    private static string? Given(IConfiguration configuration, string name) =>
        configuration[name.Replace("__", ":", StringComparison.Ordinal)] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
