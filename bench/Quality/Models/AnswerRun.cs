using Microsoft.Extensions.Configuration;
using Support.Bench.Models;
using Support.Generation.Grounding;
using Support.Generation.Writing;
using Support.Models;
using Support.Questions;
using Support.Retrieval;
using Support.Settings;
using Support.Simulation.Models;

namespace Support.Bench.Quality.Models;

/// <summary>Asks a set's questions of the whole chain, with the models of the environment's settings, and tells how good the answers are and what they cost.</summary>
internal static class AnswerRun
{
    public const string Scripted = "scripted";

    /// <param name="model">"scripted", or "set": as the settings name them.</param>
    public static async Task<object> OfAsync(QualitySet set, EvalOptions options, string model, TextWriter progress, CancellationToken cancellation)
    {
        var documents = set.Documents().ToList();
        var chunks = await ChunkedCorpus.CutAsync(set, documents, progress, cancellation);
        await using var server = model == Scripted ? await ScriptedModelHost.StartAsync(new ScriptedModelOptions(), "http://127.0.0.1:0", cancellation) : null;
        var settings = server is not null ? ChainHost.Scripted(server)
            : new ConfigurationBuilder().AddInMemoryCollection(SettingAliases.Read(Environment.GetEnvironmentVariable)).AddEnvironmentVariables().Build();
        await using var chain = await ChainHost.StartAsync(chunks, settings, cancellation);
        if (!chain.Models.Has(ModelRole.Answer))
            throw new UsageException("--model set: no model is set. Set OPENAI_API_KEY and OPENAI_MODEL, or Support__Models__…; or give --model scripted.");
        var answers = new AnswerMetrics(set.Judgements(), document => documents[(int)document].Id);
        foreach (var question in set.Questions().Take(options.Max))
        {
            cancellation.ThrowIfCancellationRequested();
            answers.Add(question.Id, await chain.AskAsync(question.Text, ChainHost.NewUse(), earlier: null, cancellation), await chain.RankAsync(question.Text, cancellation));
            if (answers.Questions % 100 == 0)
                await progress.WriteLineAsync($"{answers.Questions} questions asked");
        }
        return answers.Report(set.Name, model == Scripted ? Scripted : chain.Models.NameOf(ModelRole.Answer)!);
    }
}

/// <summary>Of answers that a model wrote: do they say what their passages say, and are those the right ones? Sentences count that never left, too: the guards refuse them, and they tell what the model makes up.</summary>
internal sealed class AnswerMetrics(Dictionary<string, Dictionary<string, double>> judgements, Func<long, string> idOf)
{
    private const int Depth = 10;

    private readonly List<AskedQuestion> _found = [];
    private readonly List<AskedQuestion> _foundAlone = [];
    private readonly List<WrittenSentence> _sentences = [];
    private readonly List<double> _cited = [];
    private readonly List<ModelUse> _uses = [];
    private int _answered;
    private int _choices;
    private int _refused;
    private int _notAnswerable;
    private int _failed;
    private int _wrongAbstained;
    private int _answerable;

    public int Questions { get; private set; }

    /// <param name="alone">What ranking finds without any model.</param>
    public void Add(string id, Decided decided, Retrieved alone)
    {
        Questions++;
        _found.Add(Found(id, decided.Retrieved));
        _foundAlone.Add(Found(id, alone));
        if (decided.Use is { } use)
            _uses.Add(use);
        _sentences.AddRange(decided.Sentences);
        var relevant = judgements.GetValueOrDefault(id);
        var isAnswered = decided.Decision is Decision.Answer;
        _answerable += relevant is null ? 0 : 1;
        _wrongAbstained += relevant is not null && decided.Decision is Decision.Escalate ? 1 : 0;
        _choices += decided.Decision is Decision.Choose ? 1 : 0;
        _refused += decided.Written?.StartsWith("refused", StringComparison.Ordinal) == true ? 1 : 0;
        _notAnswerable += decided.Written?.StartsWith("not answerable", StringComparison.Ordinal) == true ? 1 : 0;
        _failed += decided.Written == "failed" ? 1 : 0;
        if (!isAnswered || decided.Decision is not Decision.Answer answer)
            return;
        _answered++;
        if (decided.Written != "answered")
            return;
        _cited.Add(answer.AllCited.Average(passage => relevant?.ContainsKey(idOf(passage.DocumentId)) == true ? 1.0 : 0));
    }

    public object Report(string set, string model) => new Dictionary<string, object?>
    {
        ["dataset"] = set,
        ["model"] = model,
        ["queries"] = Questions,
        ["ranking"] = Ranking(_found),
        ["ranking_without_models"] = Ranking(_foundAlone),
        ["answered"] = Share(_answered),
        ["written_by_model"] = Share(_cited.Count),
        ["sentences"] = _sentences.Count,
        ["grounded_share"] = Mean([.. _sentences.Where(sentence => sentence.IsSupported is not null).Select(sentence => sentence.IsSupported == true ? 1.0 : 0)]),
        ["settled_by_words_share"] = Mean([.. _sentences.Select(sentence => sentence.ByWords == SupportVerdict.Unclear ? 0 : 1.0)]),
        ["citation_precision"] = Mean(_cited),
        ["choices"] = Share(_choices),
        ["abstention"] = Share(Questions - _answered - _choices),
        ["abstention_where_the_set_has_an_answer"] = _answerable == 0 ? null : Math.Round(_wrongAbstained / (double)_answerable, 4),
        ["refused_by_the_guards"] = Share(_refused),
        ["not_answerable"] = Share(_notAnswerable),
        ["failed"] = Share(_failed),
        ["calls_per_question"] = _uses.Count == 0 ? 0 : Math.Round(_uses.Average(use => use.Calls.Count), 2),
        ["prompt_tokens_per_question"] = _uses.Count == 0 ? 0 : Math.Round(_uses.Average(use => use.Calls.Sum(call => call.PromptTokens)), 1),
        ["completion_tokens_per_question"] = _uses.Count == 0 ? 0 : Math.Round(_uses.Average(use => use.Calls.Sum(call => call.CompletionTokens)), 1),
        ["cost_per_1000_questions"] = Questions == 0 ? 0 : Math.Round(_uses.Sum(use => use.Calls.Sum(call => call.Cost)) / Questions * 1000, 4),
    };

    private AskedQuestion Found(string id, Retrieved retrieved) =>
        new(id, [.. retrieved.Passages.Select(passage => idOf(passage.DocumentId)).Distinct(StringComparer.Ordinal).Take(Depth)], retrieved, 0);

    private Dictionary<string, double> Ranking(List<AskedQuestion> found)
    {
        var metrics = RankingMetrics.Of(found, judgements);
        return new Dictionary<string, double> { ["ndcg@10"] = Math.Round(metrics.Ndcg10, 4), ["recall@1"] = Math.Round(metrics.Recall1, 4), ["recall@5"] = Math.Round(metrics.Recall5, 4), ["mrr@10"] = Math.Round(metrics.Mrr10, 4) };
    }

    private double Share(int count) => Questions == 0 ? 0 : Math.Round(count / (double)Questions, 4);

    private static double? Mean(List<double> values) => values.Count == 0 ? null : Math.Round(values.Average(), 4);
}
