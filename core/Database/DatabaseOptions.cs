using System.ComponentModel.DataAnnotations;

namespace Support.Database;

public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>postgres://user:password@host:port/name, or Npgsql's own form. PostgreSQL 15 or newer; a role that is neither superuser nor BYPASSRLS.</summary>
    [Required] public string ConnectionString { get; set; } = "";

    /// <summary>Connections at most, and a third as many for what need not wait for the disk. Each costs PostgreSQL some MB; more than the processors can serve at once get into each other's way.</summary>
    [Range(4, 500)] public int Connections { get; set; } = 12;
}
