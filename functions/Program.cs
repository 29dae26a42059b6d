using Support;
using Support.Functions;
using Support.Hosting;
using Support.Http;
using Support.Jobs;
using Support.OpenAi;
using Support.Qdrant;
using Support.Settings;
using Support.Telegram;
using Support.Tesseract;

try
{
    var builder = FunctionApp.CreateBuilder(args);
    builder.Services.AddDesk(builder.Configuration);
    builder.Services.AddTelegram(builder.Configuration);
    builder.Services.AddHostedJobs(builder.Configuration);
    builder.Services.AddQdrant(builder.Configuration);
    builder.Services.AddModels(builder.Configuration);
    builder.Services.AddTesseract(builder.Configuration);
    builder.Services.AddFunctions();
    return await FunctionApp.RunAsync(builder, app =>
    {
        app.MapTelegramWebhook();
        app.MapAsk();
        app.MapWhy();
        app.MapCertificate();
        app.MapReplay();
        app.MapLabelReplayed();
        app.MapSetUp();
        app.MapDeskHealth();
        QueueFunction.Map(app, "receive-update", Queues.Updates, services => services.GetRequiredService<ReceiveUpdateEndpoint>().RunAsync);
        QueueFunction.Map(app, "answer-question", Queues.Questions, services => services.GetRequiredService<AnswerQuestionEndpoint>().RunAsync);
        QueueFunction.Map(app, "deliver-reply", Queues.Replies, services => services.GetRequiredService<DeliverReplyEndpoint>().RunAsync);
        PoisonFunction.Map(app, "poison-updates", Queues.Updates);
        PoisonFunction.Map(app, "poison-questions", Queues.Questions);
        PoisonFunction.Map(app, "poison-replies", Queues.Replies);
        TimerFunction.Map(app, "watch-tickets", (services, cancellation) => services.GetRequiredService<WatchTicketsEndpoint>().RunAsync(cancellation));
        TimerFunction.Map(app, "report-weekly", (services, cancellation) => services.GetRequiredService<ReportWeeklyEndpoint>().RunAsync(cancellation));
        TimerFunction.Map(app, "keep-promises", (services, cancellation) => services.GetRequiredService<KeepPromisesEndpoint>().RunAsync(cancellation));
        TimerFunction.Map(app, "sweep", (services, cancellation) => services.GetRequiredService<SweepEndpoint>().RunAsync(cancellation),
            before: (services, cancellation) => services.GetRequiredService<SweepEndpoint>().PrepareAsync(cancellation));
    });
}
catch (Exception e) when (BadSettings.Describe(e) is { } why)
{
    return await FunctionApp.CannotStartAsync(why);
}
