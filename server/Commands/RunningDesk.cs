using Support.Server.Supervisor;

namespace Support.Server.Commands;

/// <summary>The desk that runs in a data folder.</summary>
internal static class RunningDesk
{
    public static DeskFile Find(string? folder)
    {
        var path = Path.GetFullPath(folder ?? UpOptions.DefaultData);
        return DeskFile.ReadRunning(new DataFolder(path))
            ?? throw new UpException($"No desk runs in {path}. Start it with `up`, or name its folder with --data DIR.");
    }
}
