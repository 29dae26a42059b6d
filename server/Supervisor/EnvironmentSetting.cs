namespace Support.Server.Supervisor;

/// <summary>Settings that the supervisor itself must know. All others only the desk reads.</summary>
internal static class EnvironmentSetting
{
    /// <summary>The first of these variables that is set to something.</summary>
    public static string? Read(params string[] names) =>
        names.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value))?.Trim();
}
