using Microsoft.Extensions.DependencyInjection;

namespace Support.Tickets;

public static class TicketServices
{
    public static IServiceCollection AddTickets(this IServiceCollection services) => services
        .AddSingleton<OpenTicket>()
        .AddSingleton<PassToAdmins>()
        .AddSingleton<AdminMessages>()
        .AddSingleton<TicketButtons>()
        .AddSingleton<CloseForForget>()
        .AddSingleton<ShowWaiting>()
        .AddSingleton<GatherCards>()
        .AddSingleton<WatchTickets>()
        .AddSingleton<CardSent>();
}
