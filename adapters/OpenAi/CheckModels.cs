using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Support.Models;
using Support.OpenAi.Calls;
using Support.OpenAi.Settings;

namespace Support.OpenAi;

/// <summary>
/// Asks each model once, beside the start, and says in one line what is wrong with which setting. The desk serves meanwhile, and without the model
/// until it is mended: what was refused is asked again every few minutes, since a key or a model may be put right over there.
/// </summary>
internal sealed partial class CheckModels(ModelsOptions options, ModelPlan plan, ModelProbe probe, TimeProvider clock, ILogger<CheckModels> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!plan.All.Any())
        {
            Log.NoModel(logger, options.Key is null ? "Language models are set up in part" : "A key for language models is set (OPENAI_API_KEY)");
            return;
        }
        await CheckAsync([.. plan.All], isFirst: true, stoppingToken);
        while (plan.All.Any(target => target.IsRefused))
        {
            await Task.Delay(Pause, clock, stoppingToken);
            await CheckAsync([.. plan.All.Where(target => target.IsRefused)], isFirst: false, stoppingToken);
        }
    }

    private async Task CheckAsync(IReadOnlyList<ModelTarget> targets, bool isFirst, CancellationToken cancellation)
    {
        // One model that is used for several things is asked once.
        var same = targets.GroupBy(target => (target.Service.Identity, target.Model, HowAsked(target))).ToList();
        var answers = await Task.WhenAll(same.Select(async some => (Targets: some.ToList(), Failed: await probe.AskAsync(some.First(), cancellation))));
        foreach (var (some, failed) in answers)
            foreach (var target in some)
                target.IsRefused = failed is { Failure: ModelFailure.Misconfigured };
        // And a key that is wrong for several models is one thing to mend.
        foreach (var problem in answers.GroupBy(answer => answer.Failed?.Message))
        {
            var roles = string.Join(", ", problem.SelectMany(answer => answer.Targets).Select(NameOf).Distinct());
            if (problem.First().Failed is not { } failed)
                Log.Answers(logger, roles, string.Join(", ", problem.Select(answer => answer.Targets[0]).Distinct()));
            else if (failed.Failure != ModelFailure.Misconfigured)
                Log.NotNow(logger, roles, failed.Message);
            else if (isFirst)
                Log.Refused(logger, roles, failed.Message);
        }
    }

    private string NameOf(ModelTarget target) => plan.IsRerankEndpoint(target) ? "RerankEndpoint" : target.Role.ToString();

    private int HowAsked(ModelTarget target) => plan.IsRerankEndpoint(target) ? 1 : target.Role switch
    {
        ModelRole.Embedding => 2,
        ModelRole.Transcription => 3,
        _ => 4,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Language models, {Roles}: {Problem} The desk works without until then.")]
        public static partial void Refused(ILogger logger, string roles, string problem);

        [LoggerMessage(2, LogLevel.Warning, "Language models, {Roles}: {Problem} It is asked again with each question; until it answers the desk works without.")]
        public static partial void NotNow(ILogger logger, string roles, string problem);

        [LoggerMessage(3, LogLevel.Information, "Language models, {Roles}: {Models} answers.")]
        public static partial void Answers(ILogger logger, string roles, string models);

        [LoggerMessage(4, LogLevel.Warning, "{What}, but no model is named, so none is used. Set OPENAI_MODEL (or Support__Models__Model) to the model's name, as in OPENAI_MODEL=gpt-4o-mini.")]
        public static partial void NoModel(ILogger logger, string what);
    }
}
