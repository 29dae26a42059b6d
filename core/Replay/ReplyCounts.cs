namespace Support.Replay;

/// <summary>Who replies to how many different people: in a support group that tells the staff from the customers.</summary>
internal sealed class ReplyCounts
{
    /// <summary>More than this need not be told apart.</summary>
    private const int MostPeople = 1000;

    // Of a public group of any size; the first to reply are as good a sample as any.
    private const int MostRepliers = 10_000;
    private const int MostPairs = 200_000;

    private readonly Dictionary<string, (string? Name, HashSet<string> People)> _byId = new(StringComparer.Ordinal);
    private int _pairs;

    /// <param name="to">Who was replied to.</param>
    public void Count(ExportedMessage reply, string to)
    {
        if (reply.FromId is not { } id)
            return;
        if (!_byId.TryGetValue(id, out var known))
        {
            if (_byId.Count == MostRepliers)
                return;
            _byId[id] = known = (reply.From, []);
        }
        if (known.People.Count < MostPeople && _pairs < MostPairs && known.People.Add(to))
            _pairs++;
        if (known.Name is null && reply.From is not null)
            _byId[id] = (reply.From, known.People);
    }

    public IReadOnlyList<StaffMember> All(Func<string, string?, bool> isStaff) =>
        [.. _byId.Select(one => new StaffMember(one.Key, one.Value.Name, one.Value.People.Count, isStaff(one.Key, one.Value.Name)))
            .OrderByDescending(one => one.IsStaff).ThenByDescending(one => one.People).ThenBy(one => one.Id, StringComparer.Ordinal)];

    public int Most => _byId.Count == 0 ? 0 : _byId.Values.Max(one => one.People.Count);

    public int Of(string id) => _byId.TryGetValue(id, out var known) ? known.People.Count : 0;
}
