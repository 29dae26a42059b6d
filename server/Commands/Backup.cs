using Support.Server.Backups;
using Support.Server.Supervisor;

namespace Support.Server.Commands;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>.</summary>
internal static class Backup
{
    public static async Task<int> MakeAsync(string[] args)
    {
        var (file, folder) = Parse("backup", args);
        if (!Directory.Exists(folder))
            throw new UpException($"There is no folder {Path.GetFullPath(folder)}. Name the desk's with --data DIR.");

        using var stop = new StopSignal();
        await new MakeBackup(DataFolder.Open(folder), Screen.Say, TimeProvider.System).RunAsync(file, stop.Token);
        return 0;
    }

    public static async Task<int> RestoreAsync(string[] args)
    {
        var (file, folder) = Parse("restore", args);
        using var stop = new StopSignal();
        await new RestoreBackup(Screen.Say, TimeProvider.System).RunAsync(file, folder, stop.Token);
        return 0;
    }

    private static (string File, string Folder) Parse(string verb, string[] args)
    {
        var line = CommandLine.Parse(verb, args, "--data");
        return line.Words is [var file]
            ? (file, line["--data"] ?? UpOptions.DefaultData)
            : throw new UsageException($"`{verb}` wants one file: {verb} FILE [--data DIR].");
    }
}
