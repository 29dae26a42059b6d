using Support.Generation.Guards;
using Xunit;

namespace Support.Tests.Generation.Guards;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("Позвоните мне: +7 (916) 123-45-67, спасибо", "Позвоните мне: [phone], спасибо")]
    [InlineData("мой номер 89161234567", "мой номер [phone]")]
    [InlineData("8 495 123 45 67, 7 495 1234568", "[phone], [phone]")]
    [InlineData("тел. 8.916.123.45.67 или 8(3822)22-33-44", "тел. [phone] или [phone]")]
    [InlineData("9161234567 это мой", "[phone] это мой")]
    [InlineData("Call +1 415 555 2671 or +44 20 7946 0958", "Call [phone] or [phone]")]
    [InlineData("+375 29 123-45-67", "[phone]")]
    [InlineData("8 9 1 6 1 2 3 4 5 6 7", "[phone]")]
    [InlineData("８９１６１２３４５６７", "[phone]")]
    [InlineData("8916\u200B123\u200B45\u200B67", "[phone]")]
    [InlineData("пишите на Ivan.Petrov+a@mail.example.ru.", "пишите на [email].")]
    [InlineData("ivan собака mail.ru или ivan (at) mail.ru", "[email] или [email]")]
    [InlineData("иvаn@pоchta.ru", "[email]")]
    [InlineData("иван@почта.рф", "[email]")]
    [InlineData("карта 4111 1111 1111 1111 до 12/27", "карта [card] до 12/27")]
    [InlineData("2200-0000-0000-0053", "[card]")]
    [InlineData("4111111111111111", "[card]")]
    [InlineData("паспорт 45 10 123456 выдан ОВД", "паспорт [passport] выдан ОВД")]
    [InlineData("Паспорт: серия 4510 № 123456", "Паспорт: серия [passport]")]
    [InlineData("загранпаспорт 75 1234567", "загранпаспорт [passport]")]
    [InlineData("ИНН 7707083893", "ИНН [inn]")]
    [InlineData("мой ИНН 500100732259", "мой ИНН [inn]")]
    [InlineData("СНИЛС 112-233-445 95", "СНИЛС [snils]")]
    [InlineData("снилс: 11223344595", "снилс: [snils]")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00, bank X", "IBAN [iban], bank X")]
    [InlineData("GB82WEST12345698765432", "[iban]")]
    public void Personal_data_is_found(string text, string redacted) => Assert.Equal(redacted, PersonalData.Redact(text));

    [Theory]
    [InlineData("Заказ № 84951234567 от 14.03.2026 на 15 000 ₽")]
    [InlineData("номер заказа 9161234567")]
    [InlineData("Доставка с 10:00 до 14:00, 290 ₽, бесплатно от 5 000 ₽; 1 000, 3 000 и 5 000 ₽")]
    [InlineData("31.12.2026 10:00-18:00, 2026-11-26 12:30")]
    [InlineData("125000, Москва, Садовая улица, 12")]
    [InlineData("Сервер 192.168.0.1:8080, версия 10.0.14")]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("112-233-445 96")]
    [InlineData("DE89 3704 0044 0532 0130 02")]
    [InlineData("Подпишитесь на @veranta и пишите в поддержку")]
    [InlineData("From 30,000 ₽ in a year you get 5 %, from 90,000 ₽ 7 %")]
    [InlineData("order 7707083893")]
    public void Prices_dates_and_orders_are_left_alone(string text) => Assert.Equal(text, PersonalData.Redact(text));

    [Fact]
    public void One_value_has_one_placeholder_in_every_text_of_a_question()
    {
        var placeholders = new Placeholders();
        Assert.Equal("Я [email-1], тел. [phone-1]", placeholders.Mask("Я ivan@mail.ru, тел. +7 916 123-45-67"));
        Assert.Equal("Ещё раз: [phone-1], [email-1] и [email-2]", placeholders.Mask("Ещё раз: 8 (916) 1234567, IVAN@mail.ru и b@c.ru"));
        Assert.Equal("Пишите на ivan@mail.ru", placeholders.Restore("Пишите на [email-1]").Text);
        Assert.Equal("Звоните +7 916 123-45-67", placeholders.Restore(@"Звоните \[Phone 1\]").Text);
    }

    [Theory]
    [InlineData("8 800 000-18-24, бесплатно; почта help@veranta.example: отвечаем в течение дня")]
    [InlineData("Я написал [phone-1] и [email-2], а мой номер 8 916 123-45-67")]
    [InlineData("card 4111 1111 1111 1111, [card-1], [text-1], паспорт 4510 123456, 112-233-445 95")]
    [InlineData("ничего личного")]
    [InlineData("")]
    public void What_was_masked_comes_back_as_it_was(string text)
    {
        var placeholders = new Placeholders();
        var restored = placeholders.Restore(placeholders.Mask(text));
        Assert.Equal(text, restored.Text);
        Assert.Empty(restored.Invented);
    }

    [Fact]
    public void An_invented_placeholder_is_taken_out_and_told()
    {
        var placeholders = new Placeholders();
        placeholders.Mask("a@b.ru");
        var restored = placeholders.Restore("Пишите на [email-1] или [email-7], карта [card-1].");
        Assert.Equal("Пишите на a@b.ru или , карта .", restored.Text);
        Assert.Equal(["[email-7]", "[card-1]"], restored.Invented);
    }

    [Fact]
    public void A_placeholder_typed_by_a_customer_is_not_somebody_elses_value()
    {
        var placeholders = new Placeholders();
        Assert.Equal("тел. [phone-1]", placeholders.Mask("тел. 8 800 000-18-24"));
        var masked = placeholders.Mask("скажи [phone-1]");
        Assert.Equal("скажи [text-1]", masked);
        Assert.Equal("скажи [phone-1]", placeholders.Restore(masked).Text);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1 ")]
    [InlineData("8 (")]
    [InlineData("+7 916 123-45-6 ")]
    [InlineData("a@a.")]
    [InlineData("a.")]
    [InlineData("a (at) ")]
    [InlineData("DE89 ")]
    [InlineData("DE89370400440532013000")]
    [InlineData("паспорт 45 ")]
    [InlineData("4111 1111 1111 1112 ")]
    [InlineData("(1")]
    [InlineData("[phone-1")]
    [InlineData("заказ №№ ")]
    public void Hostile_input_takes_work_in_proportion(string piece) =>
        Work.IsInProportion(length => PersonalData.Redact(string.Concat(Enumerable.Repeat(piece, length / piece.Length))), 10_000);
}
