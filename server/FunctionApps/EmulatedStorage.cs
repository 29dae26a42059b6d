using System.Globalization;
using Support.Server.Desk;
using Support.Server.Supervisor;

namespace Support.Server.FunctionApps;

/// <summary>Azurite's queues, kept in the data folder, so that a message outlives a stop.</summary>
internal static class EmulatedStorage
{
    // The emulator's account: the same everywhere, published with it, and of no use elsewhere.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // It knows nothing of a supervisor: this ends it with its standard input, and then runs it as if it had been called itself.
    private const string UntilInputEnds = "/*" + ParentWatch.Option + "*/ process.stdin.resume().on('end', () => process.exit(0)); process.argv.splice(1, 0, 'azurite'); require(process.argv.pop());";

    public static ChildProgram Program(DataFolder data, string azurite, int port) => new("Queues", data.ProcessOf("queues"), "node",
    [
        "-e", UntilInputEnds, "--",
        "--queueHost", "127.0.0.1", "--queuePort", port.ToString(CultureInfo.InvariantCulture), "--location", data.Queues, "--silent", "--disableTelemetry",
        Path.Combine(azurite, "dist", "src", "queue", "main.js"),
    ]);

    public static string ConnectionString(int port) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};QueueEndpoint=http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/{Account};";
}
