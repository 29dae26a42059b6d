using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Support.Tests.Replay;

/// <summary>Telegram Desktop's export, made by hand. Every person in it is made up.</summary>
internal sealed class ExportFile
{
    public const long Account = 900;
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly JsonArray _chats = [];
    private JsonArray _messages = [];
    private DateTimeOffset _now = Begin;
    private long _last;
    private long _partner;

    public long LastId => _last;

    public ExportFile Chat(long id, string type = "personal_chat")
    {
        _partner = id;
        _messages = [];
        _chats.Add(new JsonObject { ["name"] = $"Chat {id}", ["type"] = type, ["id"] = id, ["messages"] = _messages });
        return this;
    }

    /// <summary>The partner of a private chat writes.</summary>
    public ExportFile Customer(string text, double after = 1, Action<JsonObject>? change = null) => Says(_partner, text, after, change);

    /// <summary>The account whose export it is writes.</summary>
    public ExportFile Staff(string text, double after = 1, Action<JsonObject>? change = null) => Says(Account, text, after, change);

    /// <param name="after">Minutes since the message before.</param>
    public ExportFile Says(long person, string text, double after = 1, Action<JsonObject>? change = null, string? name = null)
    {
        _now += TimeSpan.FromMinutes(after);
        var message = new JsonObject
        {
            ["id"] = ++_last,
            ["type"] = "message",
            ["date"] = _now.ToString("yyyy-MM-ddTHH:mm:ss"),
            ["date_unixtime"] = $"{_now.ToUnixTimeSeconds()}",
            ["from"] = name ?? $"Person {person}",
            ["from_id"] = $"user{person}",
            ["text"] = text,
            ["text_entities"] = text.Length == 0 ? new JsonArray() : new JsonArray(new JsonObject { ["type"] = "plain", ["text"] = text }),
        };
        change?.Invoke(message);
        _messages.Add(message);
        return this;
    }

    public static Action<JsonObject> Reply(long to) => message => message["reply_to_message_id"] = to;

    public static void Photo(JsonObject message) => message["photo"] = "(File not included. Change data exporting settings to download.)";

    /// <summary>As the export of all chats.</summary>
    public string All() => new JsonObject
    {
        ["about"] = "Here is the data you requested.",
        ["personal_information"] = new JsonObject { ["user_id"] = Account, ["first_name"] = "Shop", ["phone_number"] = "+7 000", ["bio"] = "…" },
        ["contacts"] = new JsonObject { ["list"] = new JsonArray(new JsonObject { ["user_id"] = 1, ["messages"] = new JsonArray(1, 2) }) },
        ["chats"] = new JsonObject { ["about"] = "…", ["list"] = _chats.DeepClone() },
    }.ToJsonString(Readable);

    /// <summary>As the export of the first chat alone.</summary>
    public string One() => _chats[0]!.ToJsonString(Readable);

    public static Stream StreamOf(string json) => new MemoryStream(Encoding.UTF8.GetBytes(json));

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
