using System.Collections.Frozen;
using Support.Conversations;

namespace Support.Telegram.Wire;

/// <summary>What the fields of a message say it is.</summary>
internal static class MessageKinds
{
    /// <summary>Fields of messages nobody wrote (Bot API 10.3).</summary>
    private static readonly FrozenSet<string> Service = FrozenSet.Create(
        "new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "new_chat_title", "new_chat_photo",
        "delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created",
        "message_auto_delete_timer_changed", "migrate_from_chat_id", "pinned_message", "successful_payment",
        "refunded_payment", "users_shared", "chat_shared", "gift", "unique_gift", "gift_upgrade_sent", "connected_website",
        "write_access_allowed", "passport_data", "proximity_alert_triggered", "boost_added", "chat_background_set",
        "checklist_tasks_done", "checklist_tasks_added", "direct_message_price_changed", "forum_topic_created",
        "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
        "general_forum_topic_unhidden", "giveaway_created", "giveaway_winners", "giveaway_completed", "managed_bot_created",
        "paid_message_price_changed", "poll_option_added", "poll_option_deleted", "suggested_post_approved",
        "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded",
        "video_chat_scheduled", "video_chat_started", "video_chat_ended", "video_chat_participants_invited", "web_app_data");

    public static bool IsService(WireMessage message) =>
        message.MigrateToChatId is not null || (message.Rest is not null && message.Rest.Keys.Any(Service.Contains));

    /// <returns>Null for plain text and service messages.</returns>
    public static Medium? MediumOf(WireMessage message) => message switch
    {
        // An animation is sent as a document too, for clients that know no animations.
        { Animation: { } file } => Of(MediumKind.Animation, file),
        // The largest size comes last.
        { Photo: [.., var file] } => Of(MediumKind.Photo, file) with { MediaType = "image/jpeg" },
        { Document: { } file } => Of(MediumKind.Document, file),
        { Voice: { } file } => Of(MediumKind.Voice, file),
        { Audio: { } file } => Of(MediumKind.Audio, file),
        { Video: { } file } => Of(MediumKind.Video, file),
        { VideoNote: { } file } => Of(MediumKind.VideoNote, file),
        { Sticker: { } file } => Of(MediumKind.Sticker, file),
        _ when message.Has("location") || message.Has("venue") => WithoutFile(MediumKind.Location),
        _ when message.Has("contact") => WithoutFile(MediumKind.Contact),
        _ when message.Has("poll") => WithoutFile(MediumKind.Poll),
        { Text: null } when !IsService(message) => WithoutFile(MediumKind.Other),
        _ => null,
    };

    private static Medium Of(MediumKind kind, WireFile file) => new(kind, file.FileId, file.FileName, file.MimeType, file.FileSize) { Seconds = file.Duration, UniqueId = file.FileUniqueId };

    private static Medium WithoutFile(MediumKind kind) => new(kind, null, null, null, null);
}
