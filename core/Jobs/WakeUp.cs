using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Tenants;

namespace Support.Jobs;

/// <summary>A job that says only where to look; put after the commit that made it necessary.</summary>
public sealed record WakeUp(string Queue, string Body, TimeSpan Delay)
{
    public static WakeUp Question(TenantId tenant, BotId bot, long conversation, TimeSpan delay) =>
        new(Queues.Questions, JsonSerializer.Serialize(new QuestionDue(tenant.Value, bot.Value, conversation), JobJson.Default.QuestionDue), delay);

    public static WakeUp Reply(TenantId tenant, BotId bot, long chat, TimeSpan delay) =>
        new(Queues.Replies, JsonSerializer.Serialize(new ReplyDue(tenant.Value, bot.Value, chat), JobJson.Default.ReplyDue), delay);

    public static WakeUp Document(TenantId tenant, long document) =>
        new(Queues.Documents, JsonSerializer.Serialize(new DocumentDue(tenant.Value, document), JobJson.Default.DocumentDue), TimeSpan.Zero);

    public ReadOnlyMemory<byte> Bytes => Encoding.UTF8.GetBytes(Body);
}

/// <summary>A conversation has messages to answer.</summary>
public sealed record QuestionDue(Guid Tenant, long Bot, long Conversation)
{
    public string Kind { get; init; } = "question-due/1";
}

/// <summary>A chat has something in the outbox.</summary>
public sealed record ReplyDue(Guid Tenant, long Bot, long Chat)
{
    public string Kind { get; init; } = "reply-due/1";
}

/// <summary>A document has a version to index.</summary>
public sealed record DocumentDue(Guid Tenant, long Document)
{
    public string Kind { get; init; } = "document-due/1";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QuestionDue))]
[JsonSerializable(typeof(ReplyDue))]
[JsonSerializable(typeof(DocumentDue))]
public sealed partial class JobJson : JsonSerializerContext;
