namespace Support.Simulation;

/// <summary>The updates a bot has not taken yet: in order of their ids for getUpdates, in lanes for the webhook.</summary>
internal sealed class PendingUpdates
{
    private readonly SortedDictionary<long, PendingUpdate> _byId = [];
    private readonly Dictionary<UpdateKey, Lane> _lanes = [];

    public int Count => _byId.Count;

    public IReadOnlyCollection<PendingUpdate> All => _byId.Values;

    public IReadOnlyList<KeyValuePair<UpdateKey, Lane>> Lanes => [.. _lanes];

    public Lane? LaneOf(UpdateKey key) => _lanes.GetValueOrDefault(key);

    public void Add(PendingUpdate update)
    {
        _byId[update.Update.UpdateId] = update;
        if (!_lanes.TryGetValue(update.Key, out var lane))
            _lanes[update.Key] = lane = new Lane();
        lane.Updates.Enqueue(update);
    }

    public void Settle(long updateId)
    {
        if (!_byId.Remove(updateId, out var update))
            return;
        update.IsSettled = true;
        if (LaneOf(update.Key) is { State: LaneState.Idle } lane && lane.Front() is null)
            Forget(update.Key);
    }

    /// <summary>A lane with nothing left is forgotten, or there would be one for everybody who ever wrote.</summary>
    public void Forget(UpdateKey key) => _lanes.Remove(key);

    public IReadOnlyList<PendingUpdate> ExpiredAt(DateTimeOffset now) => [.. _byId.Values.Where(update => update.Expires <= now)];
}
