using Support.Conversations;
using Support.Database;
using Support.Models;
using Support.Questions;
using Support.Tenants;
using Support.Text;

namespace Support.Knowledge;

/// <summary>Shows an editor what a customer would be told now. It is nobody's question: no chat, no report and no label counts it.</summary>
public sealed class ShowAnswer(DeskDatabase database, DecideAnswer decide)
{
    /// <summary>The actions of <see cref="DocumentButtons"/>: the number is a chunk's that the question was made from, or a ticket's.</summary>
    internal const string OfChunk = "says";
    internal const string OfTicket = "past";

    /// <summary>Asks the question that a press names, before the transaction of the press.</summary>
    /// <returns>Null when it names none, or is not an editor's.</returns>
    internal async Task<ShownAnswer?> AskAsync(BotInfo bot, Incoming.ButtonPressed press, CancellationToken cancellation) =>
        DocumentButtons.Read(press.Data) is var (number, action) && action is OfChunk or OfTicket && bot.IsEditor(press.From.Id)
            ? await AskAsync(bot.Tenant, number, action, cancellation)
            : null;

    internal async Task<ShownAnswer> AskAsync(TenantId tenant, long number, string action, CancellationToken cancellation)
    {
        string? question;
        DeskNow now;
        await using (var transaction = await database.BeginAsync(tenant, cancellation))
        {
            question = action == OfTicket ? (await HandedOver.FindAsync(transaction, number, cancellation))?.Question : await QuestionOfAsync(transaction, number, cancellation);
            now = await DeskNow.ReadAsync(transaction, cancellation);
        }
        return question is null
            ? new ShownAnswer(null, null)
            : new ShownAnswer(question, await decide.DecideAsync(new QuestionToDecide(tenant, question, LanguageGuess.Of(question) ?? LanguageGuess.English, now.Change, now.Judged) { Use = new ModelUse(tenant) }, cancellation));
    }

    private static async Task<string?> QuestionOfAsync(TenantTransaction transaction, long chunk, CancellationToken cancellation) =>
        SuggestQuestions.Of(await DocumentChunks.AroundAsync(transaction, chunk, cancellation)).FirstOrDefault(one => one.Chunk.ChunkId == chunk)?.Question;

    internal static async Task SayAsync(UpdateScope scope, KnownConversation talk, ShownAnswer shown, CancellationToken cancellation)
    {
        foreach (var part in MessageSplitter.Split(shown.Html(talk.Language)))
            await scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(part)) { Conversation = talk.Id }, cancellation);
    }
}

/// <param name="Question">Null when what was pressed is gone.</param>
internal sealed record ShownAnswer(string? Question, Decided? Decided)
{
    /// <param name="language">The editor's.</param>
    public string Html(string language)
    {
        if (Question is null || Decided is null)
            return Phrases.Html(language, "source.gone");
        var customers = LanguageGuess.Of(Question) ?? language;
        return Phrases.Html(language, "document.asked", Question) + "\n\n" + Decided.Decision switch
        {
            Decision.Answer answer => Conversations.Html.Escape(answer.Text) + "\n\n" + Phrases.Html(customers, "answer.source", answer.Cited.Source),
            Decision.Choose choose => Phrases.Html(language, "document.asked.choose", Titles(choose)),
            Decision.AskBack back => Phrases.Html(customers, back.PhraseKey),
            Decision.Escalate { Reason: Reasons.ModelFailed } => Phrases.Html(language, "index.away"),
            _ => Phrases.Html(language, "document.asked.person"),
        };
    }

    private static string Titles(Decision.Choose choose) => string.Join('\n', Siblings.TitlesOf(choose.Among).Select(title => "• " + title));
}
