using System.Text.Json.Serialization;
using Support.Confidence;
using Support.Questions;
using Support.Retrieval;

namespace Support.Bench.Quality;

/// <summary>What the desk would do with the questions of a set, with its default threshold and before anybody has labelled anything.</summary>
/// <param name="Answered">Share of questions.</param>
/// <param name="WrongOfAnswered">Among them; a question without an answer can only be answered wrongly.</param>
/// <param name="AskedBack">Share of questions that are met with "Which do you mean?".</param>
/// <param name="RightOfAskedBack">Among them: a right passage is one of the choices.</param>
/// <param name="RightOrOffered">Of the questions that have an answer: it is given, or is among the choices.</param>
/// <param name="RightTitleOrOffered">The same, where a button with the right passage's title on the right page counts as well: what stands under a chosen title comes next after "not helpful".</param>
/// <param name="RightDocumentOrOffered">Where any passage of the right page counts.</param>
internal sealed record DeskOutcomes(
    [property: JsonPropertyName("answered")] double Answered,
    [property: JsonPropertyName("wrong_of_answered")] double WrongOfAnswered,
    [property: JsonPropertyName("asked_back")] double AskedBack,
    [property: JsonPropertyName("right_of_asked_back")] double RightOfAskedBack,
    [property: JsonPropertyName("handed_over")] double HandedOver,
    [property: JsonPropertyName("right_or_offered")] double RightOrOffered,
    [property: JsonPropertyName("right_title_or_offered")] double RightTitleOrOffered,
    [property: JsonPropertyName("right_document_or_offered")] double RightDocumentOrOffered)
{
    /// <param name="documentOf">The id of a passage's document.</param>
    /// <param name="titleOf">A document's title by its id.</param>
    public static DeskOutcomes Of(IReadOnlyList<AskedQuestion> asked, Dictionary<string, Dictionary<string, double>> judgements, Func<long, string> documentOf, Func<string, string> titleOf)
    {
        double answered = 0, wrong = 0, askedBack = 0, offered = 0, answerable = 0, reached = 0, reachedDocument = 0, reachedTitle = 0;
        foreach (var question in asked)
        {
            var relevant = judgements.GetValueOrDefault(question.Id);
            answerable += relevant is null ? 0 : 1;
            var found = question.Retrieved;
            var titles = relevant?.Keys.Select(id => (PageOf(id), titleOf(id))).ToHashSet();
            bool IsUnderRightTitle(Passage passage) => titles is not null && documentOf(passage.DocumentId) is var id && titles.Contains((PageOf(id), titleOf(id)));
            var pages = relevant?.Keys.Select(PageOf).ToHashSet(StringComparer.Ordinal);
            bool IsOfRightPage(Passage passage) => pages is not null && pages.Contains(PageOf(documentOf(passage.DocumentId)));
            bool IsRight(Passage passage) => relevant is not null && relevant.ContainsKey(documentOf(passage.DocumentId));
            switch (found.ContentWords == 0 ? null : DecideAnswer.Of("", found, found.Confidence >= ConfidenceOptions.DefaultThreshold, mayOffer: true))
            {
                case Decision.Choose choose:
                    var isAmong = choose.Among.Any(IsRight);
                    askedBack++;
                    offered += isAmong ? 1 : 0;
                    reached += isAmong ? 1 : 0;
                    reachedDocument += choose.Among.Any(IsOfRightPage) ? 1 : 0;
                    reachedTitle += choose.Among.Any(IsUnderRightTitle) ? 1 : 0;
                    break;
                case Decision.Answer answer:
                    var isRight = IsRight(answer.Cited);
                    answered++;
                    wrong += isRight ? 0 : 1;
                    reached += isRight ? 1 : 0;
                    reachedDocument += IsOfRightPage(answer.Cited) ? 1 : 0;
                    reachedTitle += isRight ? 1 : 0;
                    break;
            }
        }
        return new DeskOutcomes(
            Share(answered, asked.Count), Share(wrong, answered), Share(askedBack, asked.Count), Share(offered, askedBack),
            Share(asked.Count - answered - askedBack, asked.Count), Share(reached, answerable), Share(reachedTitle, answerable), Share(reachedDocument, answerable));
    }

    /// <summary>Records of one page bear its name and a number: page#3.</summary>
    private static string PageOf(string id) => id.LastIndexOf('#') is > 0 and var at ? id[..at] : id;

    private static double Share(double part, double whole) => whole > 0 ? Math.Round(part / whole, 4) : 0;
}
