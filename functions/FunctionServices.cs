using Microsoft.Extensions.DependencyInjection;

namespace Support.Functions;

public static class FunctionServices
{
    public static IServiceCollection AddFunctions(this IServiceCollection services) => services
        .AddSingleton<WebhookActivity>()
        .AddSingleton<ChatTurns>()
        .AddSingleton<ReceiveUpdateEndpoint>()
        .AddSingleton<AnswerQuestionEndpoint>()
        .AddSingleton<DeliverReplyEndpoint>()
        .AddSingleton<WatchTicketsEndpoint>()
        .AddSingleton<ReportWeeklyEndpoint>();
}
