using System.Text.Json;

namespace Support.Replay;

/// <summary>Goes over the JSON of an export piece by piece, knows where it is in it, and picks the messages out.</summary>
internal sealed class ExportWalk
{
    private enum Place
    {
        Export,
        Account,
        Chats,
        ListOfChats,
        Chat,
        Messages,
        Elsewhere,
    }

    private readonly Stack<Place> _places = new();
    private readonly List<ExportedMessage> _found = [];
    private JsonReaderState _state = new(new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
    private string? _key;
    private string? _account;
    private string? _type;
    private long? _id;
    private ExportedChat? _chat;

    /// <summary>It has what an export has, seen so far.</summary>
    public bool IsExport { get; private set; }

    /// <summary>Everything was read.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>What is wrong with it.</summary>
    public string? Problem { get; private set; }

    /// <summary>Nothing is wrong with it but that more should follow.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>The messages found since the last time.</summary>
    public IReadOnlyList<ExportedMessage> Take()
    {
        var found = _found.ToArray();
        _found.Clear();
        return found;
    }

    /// <returns>How many of the bytes are done with; the rest is given again with what follows.</returns>
    public int Over(ReadOnlySpan<byte> bytes, bool isLast)
    {
        // Never told that the piece is the last one: what is missing at the end is not an error of the JSON, and is told apart here.
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, _state);
        try
        {
            while (Next(ref reader))
            {
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Problem = Brief(e.Message);
        }
        _state = reader.CurrentState;
        if (isLast && Problem is null && !HasEnded)
            (Problem, IsCutOff) = ("more should follow", true);
        return (int)reader.BytesConsumed;
    }

    private bool Next(ref Utf8JsonReader reader)
    {
        var before = reader;
        if (HasEnded || !reader.Read())
            return false;
        if (_places.TryPeek(out var place) && place == Place.Messages && reader.TokenType == JsonTokenType.StartObject)
        {
            var whole = reader;
            if (!whole.TrySkip())
            {
                reader = before;
                return false;
            }
            using var json = JsonDocument.ParseValue(ref reader);
            if (MessageJson.Read(Chat(), json.RootElement) is { } message)
                _found.Add(message);
            return true;
        }
        Step(ref reader);
        return true;
    }

    private ExportedChat Chat() => _chat ??= new ExportedChat(
        _account,
        _type ?? throw new JsonException("a chat's \"type\" must stand before its messages, as Telegram Desktop writes it"),
        _id ?? throw new JsonException("a chat's \"id\" must stand before its messages, as Telegram Desktop writes it"));

    private void Step(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                // Only short names mean anything here.
                _key = reader.HasValueSequence || reader.ValueSpan.Length > 40 ? null : reader.GetString();
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Enter(reader.TokenType == JsonTokenType.StartObject);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _places.Pop();
                HasEnded = _places.Count == 0;
                break;
            default:
                if (_places.TryPeek(out var place))
                    Note(place, ref reader);
                break;
        }
    }

    private void Enter(bool isObject)
    {
        var place = !_places.TryPeek(out var above)
            ? (isObject ? Place.Export : Place.Elsewhere)
            : (above, _key, isObject) switch
            {
                (Place.Export, "personal_information", true) => Place.Account,
                (Place.Export, "chats" or "left_chats", true) => Place.Chats,
                (Place.Chats, "list", false) => Place.ListOfChats,
                (Place.ListOfChats, _, true) => Place.Chat,
                (Place.Export or Place.Chat, "messages", false) => Place.Messages,
                _ => Place.Elsewhere,
            };
        IsExport |= place is Place.Chats or Place.Messages;
        if (place == Place.Chat)
            (_type, _id) = (null, null);
        if (place is Place.Chat or Place.Messages)
            _chat = null;
        _places.Push(place);
        _key = null;
    }

    private void Note(Place place, ref Utf8JsonReader reader)
    {
        var isText = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length < 100;
        switch (place, _key)
        {
            case (Place.Account, "user_id") when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var account):
                _account = $"user{account}";
                break;
            case (Place.Export or Place.Chat, "type") when isText:
                _type = reader.GetString();
                break;
            case (Place.Export or Place.Chat, "id") when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var id):
                _id = id;
                break;
        }
    }

    // The position in it counts lines of this piece only; the file's is told beside it.
    private static string Brief(string message) => message.Split(" LineNumber", 2)[0].TrimEnd('.', ' ');
}
