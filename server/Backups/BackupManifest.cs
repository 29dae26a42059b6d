using System.Text.Json.Serialization;

namespace Support.Server.Backups;

/// <summary>What a backup says about itself.</summary>
/// <param name="Format">1: a zip with <c>manifest.json</c>, the small files of the data folder, and <c>database.dump</c> or <c>postgres/</c>.</param>
/// <param name="Postgres">Major version that the database came from.</param>
/// <param name="Roles">Roles that own or use tables, beside the desk's own: a dump of one database does not hold them.</param>
internal sealed record BackupManifest(int Format, DateTimeOffset Made, int Postgres, IReadOnlyList<string> Roles)
{
    public const int CurrentFormat = 1;
    public const string Entry = "manifest.json";
    public const string Dump = "database.dump";
    public const string Files = "postgres/";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
