using Support;
using Support.Hosting;
using Support.Http;
using Support.Ingestion;
using Support.Jobs;
using Support.OpenAi;
using Support.Qdrant;
using Support.Settings;
using Support.Telegram;

try
{
    var builder = FunctionApp.CreateBuilder(args);
    builder.Services.AddDesk(builder.Configuration);
    builder.Services.AddTelegram(builder.Configuration);
    builder.Services.AddHostedJobs(builder.Configuration);
    builder.Services.AddQdrant(builder.Configuration);
    builder.Services.AddModels(builder.Configuration);
    builder.Services.AddIngestion(builder.Configuration);
    return await FunctionApp.RunAsync(builder, app =>
    {
        app.MapUploadDocument();
        app.MapListDocuments();
        app.MapRemoveDocument();
        app.MapDeskHealth();
        QueueFunction.Map(app, "index-document", Queues.Documents, services => services.GetRequiredService<IndexDocumentEndpoint>().RunAsync);
        TimerFunction.Map(app, "sync-sources", (services, cancellation) => services.GetRequiredService<SyncSourcesEndpoint>().RunAsync(cancellation));
        TimerFunction.Map(app, "embed-chunks", (services, cancellation) => services.GetRequiredService<EmbedChunksEndpoint>().RunAsync(cancellation));
        TimerFunction.Map(app, "write-questions", (services, cancellation) => services.GetRequiredService<WriteQuestionsEndpoint>().RunAsync(cancellation));
        PoisonFunction.Map(app, "poison-documents", Queues.Documents);
    });
}
catch (Exception e) when (BadSettings.Describe(e) is { } why)
{
    return await FunctionApp.CannotStartAsync(why);
}
