namespace Support.Functions;

public static class FunctionServices
{
    public static IServiceCollection AddFunctions(this IServiceCollection services) => services
        .AddSingleton<WebhookActivity>()
        .AddSingleton<ChatTurns>()
        .AddSingleton<DeskTenants>()
        .AddSingleton<SetUpDesk>()
        .AddSingleton<SweepEndpoint>()
        .AddSingleton<ReceiveUpdateEndpoint>()
        .AddSingleton<AnswerQuestionEndpoint>()
        .AddSingleton<DeliverReplyEndpoint>()
        .AddSingleton<WatchTicketsEndpoint>()
        .AddSingleton<ReportWeeklyEndpoint>()
        .AddSingleton<KeepPromisesEndpoint>();
}
