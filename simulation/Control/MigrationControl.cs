using Support.Simulation.Wire;

namespace Support.Simulation;

internal sealed class MigrationControl(World world, Rooms rooms, Postings postings)
{
    public void Apply(Migration migration)
    {
        var old = rooms.Existing(migration.Chat, null);
        if (old.Chat.Type != "group" || !Rooms.IsSupergroup(migration.To) || world.Room(RoomKey.For(0, migration.To)) is not null)
            throw Refusal.BadRequest($"only a group can become a supergroup with a new id (-100…); {migration.Chat} cannot become {migration.To}");
        var supergroup = rooms.Create(RoomKey.For(0, migration.To), Rooms.Group(migration.To, old.Chat.Title ?? "", isForum: false), old.Audience, []);
        foreach (var (id, person) in old.People)
            supergroup.People[id] = person;
        foreach (var (id, bot) in old.Bots)
            supergroup.Bots[id] = bot;
        world.Commit(supergroup);
        var by = old.People.Values.FirstOrDefault(member => member.IsAdministrator)?.User;
        postings.Announce(old, postings.Add(old, new Message(0, 0, old.Chat) { From = by, MigrateToChatId = migration.To }));
        old.MigratedTo = migration.To;
        world.Commit(old);
        postings.Announce(supergroup, postings.Add(supergroup, new Message(0, 0, supergroup.Chat) { From = by, MigrateFromChatId = migration.Chat }));
    }
}
