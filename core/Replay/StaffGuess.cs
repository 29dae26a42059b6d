namespace Support.Replay;

/// <summary>Who answers for the company in groups, when the owner does not say: told back, so that the owner can.</summary>
internal sealed class StaffGuess
{
    // A customer now and then helps another one; who replies to three different people, and to a fifth as many as the busiest, works there.
    private const int LeastPeople = 3;
    private const double LeastShare = 0.2;

    // Of all chats together; a company has fewer people who answer.
    private const int MostMembers = 10_000;

    // Others than those taken for staff, shown in case the guess is wrong.
    private const int ShownOthers = 5;

    private readonly Dictionary<string, StaffMember> _members = new(StringComparer.Ordinal);

    public static bool Fits(int people, int most) => people >= LeastPeople && people >= LeastShare * most;

    /// <summary>Telegram makes every bot's username end so, and most names do.</summary>
    public static bool HasBotsName(string? name) =>
        name is not null && (name.EndsWith("bot", StringComparison.OrdinalIgnoreCase) || name.EndsWith("бот", StringComparison.OrdinalIgnoreCase));

    /// <summary>The people of one more chat.</summary>
    public void Add(IEnumerable<StaffMember> people)
    {
        foreach (var one in people)
            if (_members.TryGetValue(one.Id, out var known))
                _members[one.Id] = known with { Name = known.Name ?? one.Name, People = known.People + one.People, IsStaff = known.IsStaff || one.IsStaff };
            else if (_members.Count < MostMembers)
                _members[one.Id] = one;
    }

    public IReadOnlyList<StaffMember> Told()
    {
        var ordered = _members.Values.OrderByDescending(one => one.People).ThenBy(one => one.Id, StringComparer.Ordinal).ToList();
        return [.. ordered.Where(one => one.IsStaff), .. ordered.Where(one => !one.IsStaff && one.People > 1).Take(ShownOthers)];
    }
}
