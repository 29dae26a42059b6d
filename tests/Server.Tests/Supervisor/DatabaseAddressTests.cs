using Npgsql;
using Support.Server.Supervisor;
using Xunit;

namespace Support.Tests.Supervisor;

public sealed class DatabaseAddressTests
{
    [Fact]
    public void An_address_as_other_tools_write_it_is_understood()
    {
        var address = new NpgsqlConnectionStringBuilder(DatabaseAddress.Parse("postgres://desk:p%40ss@db.example:6543/help%20desk?sslmode=require&connect_timeout=7"));

        Assert.Equal(("db.example", 6543, "help desk", "desk", "p@ss"), (address.Host, address.Port, address.Database, address.Username, address.Password));
        Assert.Equal((SslMode.Require, 7), (address.SslMode, address.Timeout));
    }

    [Fact]
    public void Npgsqls_own_form_is_left_as_it_is() =>
        Assert.Equal("Host=db;Username=desk", DatabaseAddress.Parse("Host=db;Username=desk"));

    [Theory]
    [InlineData("postgres://db/name?nonsense=1")]
    [InlineData("nonsense")]
    public void What_cannot_be_read_is_refused_with_an_example(string given) =>
        Assert.Contains("postgres://user:password@host:5432/name", Assert.Throws<UpException>(() => DatabaseAddress.Parse(given)).Message, StringComparison.Ordinal);
}
