using System.Text.Json;

namespace Support.Simulation.Models;

/// <summary>One request as it arrived. Servers keep them, so that tests can look.</summary>
/// <param name="Model">Null where none was named.</param>
/// <param name="Key">What came as a bearer token.</param>
/// <param name="Body">The JSON; an empty object for uploads.</param>
public sealed record ModelRequest(ModelCallKind Kind, string Path, string? Model, string? Key, JsonElement Body)
{
    /// <summary>Of a chat, in order.</summary>
    public IReadOnlyList<ModelMessage> Messages { get; init; } = [];

    /// <summary>The name in response_format, which says what task it is.</summary>
    public string? SchemaName { get; init; }

    /// <summary>The schema in response_format.</summary>
    public JsonElement? Schema { get; init; }

    public bool IsStream { get; init; }

    /// <summary>An uploaded file.</summary>
    public byte[] File { get; init; } = [];

    public string? FileName { get; init; }

    public string? Language { get; init; }

    /// <summary>The last words of the user; empty without any.</summary>
    public string Asked => Messages.LastOrDefault(message => message.Role == "user")?.Text ?? "";
}

/// <param name="Role">system, developer, user or assistant.</param>
/// <param name="Text">Its text parts.</param>
/// <param name="Images">How many pictures came with it.</param>
public sealed record ModelMessage(string Role, string Text, int Images);
