using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Jobs;
using Support.StorageQueue;
using Support.StorageQueue.Account;

namespace Support.Tests.StorageQueue;

/// <summary>Which account is used, and what is said of settings that name none.</summary>
public sealed class StorageQueueOptionsTests
{
    private const string Key = "c2VjcmV0LWtleS1vZi10aGUtYWNjb3VudA==";
    private const string Good = $"DefaultEndpointsProtocol=https;AccountName=deskstore;AccountKey={Key};EndpointSuffix=core.windows.net";
    private const string Own = "Support:StorageQueue:ConnectionString";
    private const string Host = "AzureWebJobsStorage";

    [Fact]
    public void Nothing_set_leaves_the_jobs_in_postgresql()
    {
        var services = new ServiceCollection().AddSingleton<IWorkQueue>(_ => throw new InvalidOperationException());
        Assert.False(services.AddStorageQueue(Configuration((Own, " "), (Host, "")), fromHost: true));
        Assert.Single(services);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void The_account_of_the_functions_host_is_used_only_by_those_who_ask_for_it(bool fromHost, bool added) =>
        Assert.Equal(added, new ServiceCollection().AddStorageQueue(Configuration((Host, Good)), fromHost));

    [Theory]
    [InlineData(Good, "https://deskstore.queue.core.windows.net/")]
    [InlineData($"AccountName=deskstore;AccountKey={Key}", "https://deskstore.queue.core.windows.net/")]
    [InlineData($"accountname=deskstore;ACCOUNTKEY={Key};EndpointSuffix=core.chinacloudapi.cn;", "https://deskstore.queue.core.chinacloudapi.cn/")]
    [InlineData($"AccountName=deskstore;AccountKey={Key};QueueEndpoint=http://127.0.0.1:9/deskstore/", "http://127.0.0.1:9/deskstore")]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10001/devstoreaccount1")]
    [InlineData("SharedAccessSignature=?sv=1&sig=a%3D%3D;QueueEndpoint=https://deskstore.queue.core.windows.net/", "https://deskstore.queue.core.windows.net/")]
    [InlineData("BlobEndpoint=https://b;SharedAccessSignature=sv=1&sig=a%3D%3D;AccountName=deskstore", "https://deskstore.queue.core.windows.net/")]
    public void Connection_strings_of_every_kind_lead_to_the_queues(string text, string address) => Assert.Equal(address, Account((Own, text)).Queues.AbsoluteUri);

    [Fact]
    public void An_identity_needs_the_accounts_name_or_its_address()
    {
        Assert.Equal("https://deskstore.queue.core.windows.net/", Account((Host + ":accountName", "deskstore")).Queues.AbsoluteUri);
        Assert.Equal("https://q.example.com/", Account((Host + ":queueServiceUri", "https://q.example.com"), (Host + ":accountName", "deskstore")).Queues.AbsoluteUri);
        Assert.IsType<BearerToken>(Account(("Support:StorageQueue:ServiceUri", "https://q.example.com")).Credential);
    }

    [Fact]
    public void The_desks_own_setting_comes_first() =>
        Assert.Equal("ownstore", Account((Host, Good), ("Support:StorageQueue:AccountName", "ownstore")).Name);

    [Theory]
    [InlineData(Own, "secret-words", "Support__StorageQueue__ConnectionString is no connection string of a storage account (12 characters")]
    [InlineData(Host, "secret-words", "AzureWebJobsStorage is no connection string")]
    [InlineData(Own, "AccountName=deskstore;AccountKey=secret-words!", "Support__StorageQueue__ConnectionString has an AccountKey that is no base64")]
    [InlineData(Own, $"AccountKey={Key}", "no AccountName")]
    [InlineData(Own, "AccountName=deskstore", "neither an AccountKey nor a SharedAccessSignature")]
    [InlineData(Own, $"AccountName=Desk_Store;AccountKey={Key}", "names the storage account \"Desk_Store\"")]
    [InlineData(Own, $"AccountName=deskstore;AccountKey={Key};QueueEndpoint=deskstore.queue.core.windows.net", "no http or https address")]
    [InlineData(Own, "SharedAccessSignature=sv=1&sig=secret-words", "Add QueueEndpoint=")]
    [InlineData(Own, "SharedAccessSignature=secret-words;QueueEndpoint=https://q.example.com", "without sig=")]
    [InlineData(Own, "SharedAccessSignature=sig=1;QueueEndpoint=https://q.example.com?sig=secret-words", "more than scheme, host and path")]
    [InlineData("Support:StorageQueue:ServiceUri", "q.example.com", "Support__StorageQueue__ServiceUri gives the queues an address that is no http")]
    [InlineData("Support:StorageQueue:ServiceUri", "http://q.example.com", "https only")]
    [InlineData("Support:StorageQueue:AccountName", "https://deskstore", "Support__StorageQueue__AccountName names the storage account")]
    [InlineData(Host + ":accountName", "x", "AzureWebJobsStorage__accountName names the storage account \"x\"")]
    public void A_bad_value_stops_the_start_with_one_line_that_names_the_setting_and_the_fix_and_no_secret(string name, string value, string message)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Account((name, value)));

        var line = Assert.Single(refused.Failures);
        Assert.Contains(message, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain("secret-words", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_and_an_identity_at_once_are_refused()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Account((Own, Good), ("Support:StorageQueue:AccountName", "deskstore")));
        Assert.Contains("Support__StorageQueue__ConnectionString and Support__StorageQueue__AccountName are both set", refused.Message);
    }

    [Fact]
    public void Another_kind_of_credential_is_refused()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Account((Host + ":accountName", "deskstore"), (Host + ":credential", "password")));
        Assert.Contains("AzureWebJobsStorage__credential is \"password\". Set managedidentity", refused.Message);
    }

    private static StorageAccount Account(params (string, string)[] settings)
    {
        var services = new ServiceCollection();
        Assert.True(services.AddStorageQueue(Configuration(settings), fromHost: true));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<StorageAccount>();
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build();
}
