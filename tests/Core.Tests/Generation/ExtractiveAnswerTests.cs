using Support.Generation;
using Support.Knowledge;
using Support.Retrieval;
using Support.Text;
using Xunit;

namespace Support.Tests.Generation;

public sealed class ExtractiveAnswerTests
{
    private const string LongPage =
        """
        Наш магазин работает с 2009 года. За это время мы обслужили больше миллиона покупателей в России и в соседних странах. Мы гордимся тем, что покупатели возвращаются.
        Доставка по Москве стоит 300 руб. и занимает один день. В другие города заказ едет от двух до семи дней, т. е. обычно до конца недели. Стоимость рассчитывается при оформлении.
        Самовывоз бесплатный. Пункты выдачи открыты с 9 до 21 часа, без выходных. Заказ хранится там семь дней.
        Гарантия на технику составляет 12 месяцев. Чтобы воспользоваться гарантией, сохраните чек и упаковку. Сервисный центр проверит устройство за десять дней. Если случай гарантийный, ремонт будет бесплатным.
        Подписка на новости оформляется в личном кабинете. Письма приходят раз в неделю. Отписаться можно по ссылке внизу любого письма.
        """;

    private const string Steps =
        """
        Сервис хранит резервные копии ваших данных в другом дата-центре, и они доступны даже при аварии. Хранение копий оплачивается отдельно по тарифу, который указан на странице услуги. Копии старше тридцати дней удаляются сами, если не задан другой срок хранения. Копировать можно диски, базы данных и отдельные каталоги, а также целые виртуальные машины вместе с настройками сети.
        Чтобы восстановить базу данных из резервной копии:
        1. Перейдите в личный кабинет.
        1. Откройте раздел **Резервные копии**.
        1. Нажмите *Восстановить* рядом с копией и выберите:
        - новый инстанс,
        - или [существующий](https://example.com/instance).
        1. Подтвердите `OK`.
        Квоты на число копий можно увеличить, обратившись в поддержку.
        """;

    [Fact]
    public void A_short_passage_is_given_whole() =>
        Assert.Equal("Да, конечно. Приходите.", Answer("можно прийти", "Да, конечно. Приходите."));

    [Fact]
    public void Only_sentences_that_bear_on_the_question_are_given_in_order()
    {
        var answer = Answer("сколько стоит доставка по Москве", LongPage);
        Assert.Contains("Доставка по Москве стоит 300 руб. и занимает один день.", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Подписка", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("2009", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("сколько стоит доставка")]
    [InlineData("гарантия на технику")]
    [InlineData("самовывоз")]
    [InlineData("зачем всё это")]
    [InlineData("")]
    public void No_sentence_is_cut_and_an_answer_is_never_too_long(string question)
    {
        var answer = Answer(question, string.Join('\n', LongPage, LongPage, LongPage));
        Assert.InRange(answer.Length, 20, ExtractiveAnswer.MostLength);
        Assert.All(answer.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.EndsWith(".", line, StringComparison.Ordinal));
        Assert.True(LongPage.Contains(answer.Split('\n')[0].Trim(), StringComparison.Ordinal));
    }

    [Fact]
    public void Steps_are_whole_numbered_and_led_in()
    {
        var answer = Answer("как восстановить базу данных из копии", Steps);
        Assert.Contains(
            """
            Чтобы восстановить базу данных из резервной копии:
            1. Перейдите в личный кабинет.
            2. Откройте раздел Резервные копии.
            3. Нажмите Восстановить рядом с копией и выберите:
            - новый инстанс,
            - или существующий.
            4. Подтвердите OK.
            """, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("• Traces of a blow.\n• Wear of batteries.", "What the warranty does not cover:\n• Traces of a blow.\n• Wear of batteries.")]
    [InlineData("1. Open the app.\n2. Press Save.", "What the warranty does not cover:\n1. Open the app.\n2. Press Save.")]
    [InlineData("Not covered are:\n• Traces of a blow.", "Not covered are:\n• Traces of a blow.")]
    public void A_list_that_nothing_leads_in_stands_under_its_heading(string text, string answer) =>
        Assert.Equal(answer, Answer("what does the warranty cover", text, "Warranty / What the warranty does not cover"));

    [Theory]
    [InlineData("Возврат / Не подлежат возврату / обмену", "Не подлежат возврату / обмену:\n• Наушники.\n• Бельё.")]
    [InlineData("не входит / входит в Про", "не входит / входит в Про:\n• Наушники.\n• Бельё.")]
    [InlineData("Возврат / **Что вернуть нельзя?**", "Что вернуть нельзя?\n• Наушники.\n• Бельё.")]
    [InlineData("Возврат / ", "• Наушники.\n• Бельё.")]
    [InlineData(" ", "• Наушники.\n• Бельё.")]
    [InlineData("", "• Наушники.\n• Бельё.")]
    public void A_heading_is_never_cut_to_say_something_else(string title, string answer) =>
        Assert.Equal(answer, Answer("что вернуть нельзя", "• Наушники.\n• Бельё.", title));

    [Fact]
    public void A_table_is_whole_even_when_it_is_long()
    {
        var rows = string.Join('\n', Enumerable.Range(1, 40).Select(i => $"| Тариф {i} | {i * 100} рублей в месяц | {i} ГБ |"));
        var answer = Answer("тариф 17 цена", "Немного о тарифах.\n\nТарифы:\n| Тариф | Цена | Объём |\n|---|---|---|\n" + rows);
        Assert.Contains("Тариф 1 | 100 рублей в месяц | 1 ГБ", answer, StringComparison.Ordinal);
        Assert.Contains("Тариф 40 | 4000 рублей в месяц | 40 ГБ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("---", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_too_long_for_a_message_keeps_its_header_and_the_rows_asked_for()
    {
        var rows = string.Join('\n', Enumerable.Range(1, 400).Select(i => $"Город{i} | {i} рублей за доставку"));
        var answer = Answer("доставка в Город377", "Город | Цена\n" + rows, title: "");
        Assert.StartsWith("Город | Цена\n", answer, StringComparison.Ordinal);
        Assert.Contains("Город377 | 377 рублей", answer, StringComparison.Ordinal);
        Assert.InRange(answer.Length, 1_000, 4_000);
    }

    [Fact]
    public void An_answer_under_a_title_that_asks_begins_at_the_beginning()
    {
        var text = "Да. Для этого хватит паспорта и заявления в свободной форме. " + LongPage.ReplaceLineEndings(" ");
        Assert.StartsWith("Да. Для этого хватит паспорта", Answer("можно ли получить кредит иностранцу", text, "Можно ли получить кредит иностранцу?"), StringComparison.Ordinal);
    }

    [Fact]
    public void English_reads_as_well()
    {
        var text =
            """
            Our company was founded in 2009 and has offices in five countries, e.g. Spain and Norway. We have more than four hundred employees who love what they do, and a dog called Max.
            You can cancel a subscription at any time. Open **Settings**, choose *Billing* and press `Cancel`. Dr. Smith's team will refund the unused days within 5 days. See [the policy](https://example.com/p) for details.
            Our newsletter is sent on Mondays. It contains recipes, news and jokes. Subscribers get a birthday card, and some of them a calendar with pictures of the dog. You can read past issues in the archive. The archive is free.
            The office kitchen is open to visitors on Fridays from nine to five. Bring your own cup, and please do not feed the dog, however sad it may look.
            """;
        var answer = Answer("How do I cancel my subscription?", text);
        Assert.StartsWith("You can cancel a subscription at any time. Open Settings, choose Billing and press Cancel.", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("kitchen", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5 * 3 * 2 = 30", "5 * 3 * 2 = 30")]
    [InlineData("Файл *.txt и snake_case_name", "Файл *.txt и snake_case_name")]
    [InlineData("**Важно:** пишите `aws s3 ls`", "Важно: пишите aws s3 ls")]
    [InlineData("См. [статью](https://example.com/a_(b) \"t\").", "См. статью.")]
    [InlineData("См. [статью](/ru/a){target=_blank} и ![схема](a.png)", "См. статью и схема")]
    [InlineData("## Заголовок", "Заголовок")]
    [InlineData("* пункт", "- пункт")]
    [InlineData("<ИМЯ_БАКЕТА> остаётся", "<ИМЯ_БАКЕТА> остаётся")]
    public void Markdown_leftovers_go_and_everything_else_stays(string line, string clean) => Assert.Equal(clean, Answer("вопрос", line, title: ""));

    [Fact]
    public void A_companys_own_words_choose_the_sentences()
    {
        var filler = string.Join(' ', Enumerable.Range(0, 25).Select(i => $"Предложение номер {i} говорит о совсем другом предмете и занимает место."));
        var text = $"{filler}\n\nКлиент может разбить сумму на три месяца частями без процентов.\n\n{filler}";
        var passage = new Passage(1, 1, 1, Audience.Customers, "Источник", null, "", text, 1);
        Assert.DoesNotContain("частями", ExtractiveAnswer.Write("есть рассрочка", passage, Thesaurus.General), StringComparison.Ordinal);
        Assert.Contains("частями", ExtractiveAnswer.Write("есть рассрочка", passage, Thesaurus.General.With([["рассрочка", "частями"]])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_passage_without_text_answers_with_its_title() => Assert.Equal("Часы работы: с 9 до 18", Answer("когда открыты", "", "Часы работы: с 9 до 18"));

    private static string Answer(string question, string text, string title = "Страница") =>
        ExtractiveAnswer.Write(question, new Passage(1, 1, 1, Audience.Customers, "Источник", null, title, text, 1), Thesaurus.General).ReplaceLineEndings("\n");
}
