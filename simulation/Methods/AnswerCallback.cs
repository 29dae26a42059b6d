namespace Support.Simulation;

internal static class AnswerCallback
{
    private const int LongestNotice = 200;

    public static Reply Answer(Call call)
    {
        var callback = call.World.Callback(call.Arguments.String("callback_query_id")!);
        var text = call.Arguments.String("text");
        if (text?.Length > LongestNotice)
            throw Refusal.BadRequest("MESSAGE_TOO_LONG");
        if (callback is null || callback.Bot != call.Bot.Id || IsTooOld(call, callback))
            throw Refusal.BadRequest("query is too old and response timeout expired or query ID is invalid");
        var answered = callback with
        {
            Answered = true,
            Notice = string.IsNullOrEmpty(text) ? null : text,
            Alert = call.Arguments.Flag("show_alert"),
            Url = call.Arguments.String("url"),
        };
        call.World.Commit(new JournalEntry { Callback = answered });
        call.Telegram.Changes.Add(number => new Change.Noticed(number, answered));
        return Reply.True;
    }

    private static bool IsTooOld(Call call, PressedButton callback) =>
        call.World.Now - DateTimeOffset.FromUnixTimeMilliseconds(callback.At) >= UpdateFeed.CallbackLifetime;
}
