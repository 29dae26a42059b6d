using System.Text.Json;
using System.Text.RegularExpressions;

namespace Support.Simulation.Models;

/// <summary>
/// Scripts that do a chat task sensibly without any model. Each is known by the name of its json_schema; what has none gets a reply that claims nothing. They compare words: what
/// they show is how a desk works with models, not how good models are.
/// </summary>
public static partial class HonestScripts
{
    private const double StatesIt = .6;
    private const double StatesSome = .34;
    private const int MostRanked = 5;
    private const int MostSentences = 3;

    /// <summary>A new book with all of them.</summary>
    public static ScriptBook NewBook() => new ScriptBook()
        .ForSchema("support_rerank", Rerank)
        .ForSchema("support_answer", Answer)
        .ForSchema("support_check", Check)
        .ForSchema("support_rewrite", Rewrite)
        .ForSchema("support_questions", Questions)
        .ForSchema("support_picture", Picture);

    /// <summary>Passages by the part of the question's words they hold, each with its best sentence.</summary>
    private static ModelReply? Rerank(ModelRequest request)
    {
        var prompt = new QuotedPrompt(request);
        var ranked = prompt.Passages()
            .Select(passage => (passage.Key, Likeness: Likeness.Of(prompt.Question, passage.Value), passage.Value, Best: BestSentence(prompt.Question, Body(passage.Value))))
            .OrderByDescending(passage => passage.Likeness).ThenBy(passage => passage.Key).Take(MostRanked);
        return Json(new
        {
            ranking = ranked.Select(passage => new
            {
                passage = passage.Key,
                states = passage.Likeness >= StatesIt ? "yes" : passage.Likeness >= StatesSome ? "part" : "no",
                quote = passage.Likeness >= StatesSome ? Likeness.FirstWords(passage.Best, 20) : "",
                same_entity = true,
                same_condition = true,
                same_polarity = Likeness.Denies(prompt.Question) == Likeness.Denies(Title(passage.Value)),
            }),
        });
    }

    /// <summary>The sentences of the best passage that hold the question's words, each with its number.</summary>
    private static ModelReply? Answer(ModelRequest request)
    {
        var prompt = new QuotedPrompt(request);
        var best = prompt.Passages().Select(passage => (passage.Key, passage.Value, Likeness: Likeness.Of(prompt.Question, passage.Value))).OrderByDescending(passage => passage.Likeness).FirstOrDefault();
        if (best.Value is null || best.Likeness < StatesSome)
            return Json(new { answerable = false, answer = "", citations = Array.Empty<int>(), missing = "no passage holds the words of the question" });
        var sentences = Likeness.Sentences(Body(best.Value)).Take(MostSentences).Select(sentence => Ended().IsMatch(sentence) ? $"{sentence[..^1]} [{best.Key}]{sentence[^1]}" : $"{sentence} [{best.Key}]");
        return Json(new { answerable = true, answer = string.Join('\n', sentences), citations = new[] { best.Key }, missing = "" });
    }

    /// <summary>A sentence whose words all stand in one passage is supported.</summary>
    private static ModelReply? Check(ModelRequest request)
    {
        var prompt = new QuotedPrompt(request);
        var passages = prompt.Named("passage ").ToList();
        return Json(new
        {
            sentences = prompt.Named("sentence ").Select((sentence, i) =>
            {
                var quote = passages.SelectMany(passage => Likeness.Sentences(passage.Text)).MaxBy(one => Likeness.Of(sentence.Text, one)) ?? "";
                var supported = Likeness.Of(sentence.Text, quote) >= .8;
                return new { sentence = i + 1, supported, quote = supported ? Likeness.FirstWords(quote, 25) : "" };
            }),
        });
    }

    /// <summary>What was said before, and the last message behind it.</summary>
    private static ModelReply? Rewrite(ModelRequest request)
    {
        var prompt = new QuotedPrompt(request);
        return Json(new { question = (prompt.TextOf("said before").TrimEnd('?', '.', '!') + " " + prompt.TextOf("last message")).Trim() });
    }

    /// <summary>A script sees nothing: whatever the picture, it is of a parcel that did not come.</summary>
    private static ModelReply? Picture(ModelRequest request) => request.Asked.EndsWith("language: ru.", StringComparison.Ordinal)
        ? Json(new { text = "Заказ № 1042. Статус: в пути.", question = "Как узнать, где мой заказ?" })
        : Json(new { text = "Order No. 1042. Status: on its way.", question = "Where is my order?" });

    /// <summary>One question for each of the first sentences: what is said about it.</summary>
    private static ModelReply? Questions(ModelRequest request)
    {
        var sentences = Likeness.Sentences(string.Join('\n', new QuotedPrompt(request).Named("").Select(block => block.Text))).Take(MostSentences);
        return Json(new { questions = sentences.Select(sentence => Likeness.FirstWords(sentence.TrimEnd('.', '!', '?'), 8) + "?") });
    }

    /// <summary>The title is the first line; it asks, or names, and answers nothing.</summary>
    private static string Body(string passage) => passage.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? passage[(end + 1)..] : passage;

    private static string Title(string passage) => passage[..(passage.Length - Body(passage).Length)];

    private static string BestSentence(string question, string text) => Likeness.Sentences(text).MaxBy(sentence => Likeness.Of(question, sentence)) ?? "";

    private static ModelReply Json(object reply) => JsonSerializer.Serialize(reply);

    [GeneratedRegex(@"[.!?]$")]
    private static partial Regex Ended();
}
