namespace Support.Simulation;

/// <summary>The bot, the people and the chats a simulation has when its options name none.</summary>
public static class StartingCompany
{
    public static readonly SimulatedBot Bot = new("900001:SIMULATION-0000000000000000000000000000", "support_sim_bot", "Support");

    public static readonly SimulatedUser Ann = new(1001, "Ann") { LanguageCode = "en" };
    public static readonly SimulatedUser Boris = new(1002, "Борис") { LanguageCode = "ru" };
    public static readonly SimulatedUser Alice = new(3001, "Alice") { LanguageCode = "en", Username = "alice_support" };
    public static readonly SimulatedUser Oleg = new(3002, "Олег") { LanguageCode = "ru", Username = "oleg_support" };
    public static readonly SimulatedUser Eve = new(4001, "Eve") { LanguageCode = "en" };

    public const long AdminsGroup = -1002000000001;

    public static IReadOnlyList<SimulatedChat> Chats { get; } =
    [
        Private(Ann, ChatAudience.Customer),
        Private(Boris, ChatAudience.Customer),
        new SimulatedChat(AdminsGroup, "Support team") { Audience = ChatAudience.Admins, Members = [Alice, Oleg] },
        Private(Alice, ChatAudience.Admins),
        Private(Oleg, ChatAudience.Admins),
        Private(Eve, ChatAudience.Editor),
    ];

    private static SimulatedChat Private(SimulatedUser user, ChatAudience audience) =>
        new(user.Id, user.FirstName) { Audience = audience, Members = [user] };
}
