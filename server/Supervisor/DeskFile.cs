using System.Text.Json;
using Support.Server.PrivateDatabase;

namespace Support.Server.Supervisor;

/// <summary>How other verbs find the running desk: written when it is ready, removed when it ends.</summary>
internal sealed record DeskFile(string Url, string Key, int Pid, DateTimeOffset Started, int? StartedBy = null)
{
    public static DeskFile? Read(DataFolder data)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(data.Desk), SupervisorJson.Default.DeskFile);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Null also when the process that wrote it was killed, or is about to end because its starter was.</summary>
    public static DeskFile? ReadRunning(DataFolder data) =>
        Read(data) is { } file && ProcessTable.IsAlive(file.Pid) && (file.StartedBy is not { } starter || ProcessTable.IsAlive(starter)) ? file : null;

    public void Write(DataFolder data) => PrivateFile.Write(data.Desk, JsonSerializer.Serialize(this, SupervisorJson.Default.DeskFile));

    public static void Remove(DataFolder data) => File.Delete(data.Desk);

    public override string ToString() => Url;
}
