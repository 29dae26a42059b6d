using System.Text.RegularExpressions;

namespace Support.Tests.Machine;

public sealed partial class SystemdTests
{
    [Theory]
    [InlineData("support.service")]
    [InlineData("support@.service")]
    public void A_unit_starts_a_verb_that_the_program_has(string unit)
    {
        var verb = Verb().Match(Repository.Read($"infra/systemd/{unit}")).Groups[1].Value;
        Assert.Contains($"\"{verb}\" =>", Repository.Read("server/Program.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_several_desks_listen_where_the_proxies_look_for_them()
    {
        var ports = Instances().Matches(Repository.Read("infra/systemd/support@.service")).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(3, ports.Count);
        Assert.Contains("Environment=Support__Http__Url=http://127.0.0.1:%i\n", Repository.Read("infra/systemd/support@.service"), StringComparison.Ordinal);
        Assert.All(["infra/haproxy.cfg", "infra/Caddyfile"], proxy =>
            Assert.Equal(ports, Desks().Matches(Repository.Read(proxy)).Select(match => match.Groups[1].Value).Distinct().Order()));
    }

    [GeneratedRegex(@"^ExecStart=/opt/support/Support\.Server (\w+)", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex(@"support@(\d+)")]
    private static partial Regex Instances();

    [GeneratedRegex(@"127\.0\.0\.1:(80\d\d)")]
    private static partial Regex Desks();
}
