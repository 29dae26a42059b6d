using Npgsql;
using Support.Tenants;

namespace Support.Conversations;

/// <summary>What makes an update one and the same; used by the check and by the mark, which are one statement.</summary>
public readonly record struct UpdateKey(BotId Bot, long UpdateId)
{
    /// <summary>Affects one row the first time and none after it.</summary>
    public NpgsqlBatchCommand Mark()
    {
        var command = new NpgsqlBatchCommand("insert into update_seen (bot_id, update_id) values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Bot.Value });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = UpdateId });
        return command;
    }
}
