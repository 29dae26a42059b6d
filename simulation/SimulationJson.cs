using System.Text.Json.Serialization;
using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>Telegram's JSON: snake case, absent members left out. Generated at build time, since every call passes through it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnum<ChatAudience>), typeof(SnakeCaseEnum<FileKind>)])]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(Update))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(IReadOnlyList<Message>))]
[JsonSerializable(typeof(MessageId))]
[JsonSerializable(typeof(IReadOnlyList<MessageEntity>))]
[JsonSerializable(typeof(BotUser))]
[JsonSerializable(typeof(ChatFullInfo))]
[JsonSerializable(typeof(ChatMember))]
[JsonSerializable(typeof(IReadOnlyList<ChatMember>))]
[JsonSerializable(typeof(FileLink))]
[JsonSerializable(typeof(ForumTopic))]
[JsonSerializable(typeof(WebhookInfo))]
[JsonSerializable(typeof(IReadOnlyList<BotCommand>))]
[JsonSerializable(typeof(ReplyParameters))]
[JsonSerializable(typeof(InlineKeyboardMarkup))]
[JsonSerializable(typeof(UserMessage))]
[JsonSerializable(typeof(ButtonPress))]
[JsonSerializable(typeof(PressedButton))]
[JsonSerializable(typeof(MembershipChange))]
[JsonSerializable(typeof(TopicChange))]
[JsonSerializable(typeof(Migration))]
[JsonSerializable(typeof(NewBot))]
[JsonSerializable(typeof(NewChat))]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(IReadOnlyList<ChatSummary>))]
[JsonSerializable(typeof(SimulationStats))]
[JsonSerializable(typeof(ChangePage))]
[JsonSerializable(typeof(SimulatedUser))]
[JsonSerializable(typeof(ControlError))]
internal sealed partial class SimulationJson : JsonSerializerContext;

/// <summary>customer, not Customer and not 0.</summary>
internal sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(System.Text.Json.JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
