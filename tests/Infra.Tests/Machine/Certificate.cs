using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Support.Contracts;

namespace Support.Tests.Machine;

internal static class Certificate
{
    /// <summary>A file as HAProxy wants it: certificate, then key. For localhost, signed by nobody.</summary>
    public static string Make(TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(clock.GetUtcNow().AddDays(-1), clock.GetUtcNow().AddDays(2));
        var file = Path.Combine(TestFolders.New("certificate"), "desk.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return file;
    }
}
