using Support.Conversations;
using Support.Questions;
using Support.Text;

namespace Support.Knowledge;

/// <summary>Shows an editor what a customer would be told now. It is nobody's question: no chat, no report and no label counts it.</summary>
public sealed class ShowAnswer(DecideAnswer decide)
{
    /// <summary>The actions of <see cref="DocumentButtons"/>: the number is a chunk's that the question was made from, or a ticket's.</summary>
    internal const string OfChunk = "says";
    internal const string OfTicket = "past";

    internal async Task ForChunkAsync(UpdateScope scope, KnownConversation talk, long chunk, CancellationToken cancellation)
    {
        var chunks = await DocumentChunks.AroundAsync(scope.Transaction, chunk, cancellation);
        await ShowAsync(scope, talk, SuggestQuestions.Of(chunks).FirstOrDefault(one => one.Chunk.ChunkId == chunk)?.Question, cancellation);
    }

    internal async Task ForTicketAsync(UpdateScope scope, KnownConversation talk, long ticket, CancellationToken cancellation) =>
        await ShowAsync(scope, talk, (await HandedOver.FindAsync(scope.Transaction, ticket, cancellation))?.Question, cancellation);

    private async Task ShowAsync(UpdateScope scope, KnownConversation talk, string? question, CancellationToken cancellation)
    {
        var html = question is null ? Phrases.Html(talk.Language, "source.gone") : await AnswerAsync(scope, talk, question, cancellation);
        foreach (var part in MessageSplitter.Split(html))
            await scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(part)) { Conversation = talk.Id }, cancellation);
    }

    private async Task<string> AnswerAsync(UpdateScope scope, KnownConversation talk, string question, CancellationToken cancellation)
    {
        var now = await DeskNow.ReadAsync(scope.Transaction, cancellation);
        var language = LanguageGuess.Of(question) ?? talk.Language;
        var decided = await decide.DecideAsync(scope.Bot.Tenant, question, language, now.Change, now.Judged, 0, cancellation);
        var asked = Phrases.Html(talk.Language, "document.asked", question);
        return asked + "\n\n" + decided.Decision switch
        {
            Decision.Answer answer => Html.Escape(answer.Text) + "\n\n" + Phrases.Html(language, "answer.source", answer.Cited.Source),
            Decision.Choose choose => Phrases.Html(talk.Language, "document.asked.choose", Titles(choose)),
            Decision.AskBack back => Phrases.Html(language, back.PhraseKey),
            _ => Phrases.Html(talk.Language, "document.asked.person"),
        };
    }

    private static string Titles(Decision.Choose choose) => string.Join('\n', Siblings.TitlesOf(choose.Among).Select(title => "• " + title));
}
