using Microsoft.Extensions.DependencyInjection.Extensions;
using Support;
using Support.Hosting;
using Support.Http;
using Support.Ingestion;
using Support.Jobs;
using Support.Retrieval;
using Support.Telegram;

try
{
    var builder = FunctionApp.CreateBuilder(args);
    builder.Services.AddDesk(builder.Configuration);
    builder.Services.AddTelegram(builder.Configuration);
    builder.Services.AddHostedJobs(builder.Configuration);
    builder.Services.AddIngestion(builder.Configuration);
    // Questions are answered by the other app, and so the index in memory is there.
    builder.Services.RemoveAll<IKnowledgeIndex>();
    return await FunctionApp.RunAsync(builder, app =>
    {
        app.MapUploadDocument();
        app.MapListDocuments();
        app.MapRemoveDocument();
        app.MapDeskHealth();
        QueueFunction.Map(app, "index-document", Queues.Documents, services => services.GetRequiredService<IndexDocumentEndpoint>().RunAsync);
        PoisonFunction.Map(app, "poison-documents", Queues.Documents);
    });
}
catch (FormatException e)
{
    return await FunctionApp.CannotStartAsync(e.Message);
}
