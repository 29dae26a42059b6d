using Support.Tenants;

namespace Support.Conversations.Commands;

/// <summary>What keeps the desk from working well in its admins' group: rights it lacks, colleagues it may not write to.</summary>
public static class GroupCheck
{
    public static IEnumerable<string> Lacks(string language, bool isForum, BotStanding standing, BotInfo bot)
    {
        var rights = new List<string>();
        if (standing.Role != BotRole.Administrator)
            rights.Add(Phrases.Plain(language, "right.admin"));
        if (isForum && !standing.CanManageTopics)
            rights.Add(Phrases.Plain(language, "right.topics"));
        if (rights.Count > 0)
            yield return Phrases.Html(language, "admins.missing.rights", string.Join("; ", rights));
        var silent = bot.Staff.Values.Where(s => (s.IsAdmin || s.IsOwner) && !s.Started).Select(s => s.Name.Length > 0 ? s.Name : s.Person.ToString()).ToList();
        if (silent.Count > 0)
            yield return Phrases.Html(language, "admins.not.started", string.Join(", ", silent));
    }
}
