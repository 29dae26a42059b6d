using Microsoft.Extensions.Configuration;
using Support.Knowledge;

namespace Support.Tests.Knowledge;

public sealed class SourceOptionsTests
{
    [Fact]
    public void Sources_are_read_from_the_settings()
    {
        var list = Read(("Sources:0:Url", "https://example.com/prices.csv?key=1"), ("Sources:0:Name", "prices.csv"), ("Sources:0:Audience", "Staff"), ("Sources:0:Every", "00:05:00"),
            ("Sources:1:Url", "http://127.0.0.1:8000/"), ("Sources:1:Name", "faq"), ("Sources:1:Tenant", "acme"));

        Assert.True(new SourceListCheck().Validate(null, list).Succeeded);
        Assert.Equal((Audience.Staff, TimeSpan.FromMinutes(5), ""), (list.Sources[0].Readers, list.Sources[0].Every, list.Sources[0].Tenant));
        Assert.Equal((Audience.Customers, TimeSpan.FromHours(1), "acme"), (list.Sources[1].Readers, list.Sources[1].Every, list.Sources[1].Tenant));
    }

    [Theory]
    [InlineData("Url", "prices.csv", "Support__Sources__0__Url is no https address")]
    [InlineData("Url", "ftp://example.com/prices.csv", "Support__Sources__0__Url is no https address")]
    [InlineData("Url", "http://example.com/?key=secret", "set Support__Sources__0__AllowHttp=true")]
    [InlineData("Url", "https://me:secret@example.com/", "holds a name or password")]
    [InlineData("Name", " ", "Support__Sources__0__Name is \" \"")]
    [InlineData("Audience", "everybody", "Support__Sources__0__Audience is \"everybody\". It is customers or staff.")]
    [InlineData("Every", "00:00:59", "Support__Sources__0__Every is 00:00:59")]
    public void A_bad_one_is_refused_by_its_setting_and_no_secret_is_said(string setting, string value, string why)
    {
        var settings = new Dictionary<string, string> { ["Url"] = "https://example.com/", ["Name"] = "prices.csv", [setting] = value };

        var failure = Assert.Single(new SourceListCheck().Validate(null, Read([.. settings.Select(s => ($"Sources:0:{s.Key}", s.Value))])).Failures!);

        Assert.Contains(why, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_of_one_name_are_refused()
    {
        var list = Read(("Sources:0:Url", "https://example.com/1"), ("Sources:0:Name", "a.md"), ("Sources:1:Url", "https://example.com/2"), ("Sources:1:Name", "a.md"));

        Assert.Contains("\"a.md\" 2 times", Assert.Single(new SourceListCheck().Validate(null, list).Failures!), StringComparison.Ordinal);
        list.Sources[1].Tenant = "other";
        Assert.True(new SourceListCheck().Validate(null, list).Succeeded);
    }

    private static SourceList Read(params (string Key, string Value)[] settings)
    {
        var list = new SourceList();
        SourceList.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build(), list);
        return list;
    }
}
