using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Support.Server.PrivateDatabase;

namespace Support.Server.Supervisor;

/// <summary>What must stay secret and stay the same: losing the master key makes the stored bot tokens unreadable.</summary>
/// <param name="MasterKey">32 bytes, Base64: the webhook key and the encryption of tokens derive from it.</param>
/// <param name="UploadKey">Bearer key of <c>/documents</c> and <c>/ask</c>.</param>
/// <param name="OwnerCode">Once sent as <c>/start CODE</c>, makes its sender the owner.</param>
internal sealed record DeskSecrets(ClusterLogins Database, string MasterKey, string UploadKey, string OwnerCode)
{
    public static DeskSecrets Open(DataFolder data)
    {
        if (!File.Exists(data.Secrets))
        {
            if (PostgresCluster.MajorOf(data.Postgres) is not null)
                throw new PrivateDatabaseException($"{data.Secrets} is missing, and without it the database in {data.Postgres} cannot be opened. Put it back from a backup, or choose another folder with --data.");

            var made = new DeskSecrets(
                ClusterLogins.Random(),
                Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
                Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24)),
                Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
            PrivateFile.Write(data.Secrets, JsonSerializer.Serialize(made, SupervisorJson.Default.DeskSecrets));
        }

        return JsonSerializer.Deserialize(File.ReadAllText(data.Secrets), SupervisorJson.Default.DeskSecrets)
            ?? throw new PrivateDatabaseException($"{data.Secrets} is empty. Put it back from a backup.");
    }

    public override string ToString() => nameof(DeskSecrets);
}
