using System.Net;
using Xunit;

namespace Support.Tests.Simulation;

public sealed class LocalOnlyTests : SimulationTest
{
    [Theory]
    [InlineData("/sim/chats", "Host", "evil.example", HttpStatusCode.Forbidden)]
    [InlineData("/bot900001:X/getMe", "Host", "evil.example", HttpStatusCode.Forbidden)]
    [InlineData("/file/bot900001:X/a", "Host", "evil.example", HttpStatusCode.Forbidden)]
    [InlineData("/sim/chats", "Host", "localhost", HttpStatusCode.OK)]
    [InlineData("/sim/chats", "Host", "[::1]:8080", HttpStatusCode.OK)]
    [InlineData("/sim/chats", "Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("/sim/chats", "Origin", "http://localhost:9", HttpStatusCode.Forbidden)]
    [InlineData("/sim/chats", "Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("/sim/chats", "Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("/sim/chats", "Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    public async Task Only_this_machine_and_its_own_page_are_answered(string path, string header, string value, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server, path));
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await Http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }
}
