using System.Net;
using System.Net.Sockets;

namespace Support.FunctionsHost.Handler;

internal static class FreePort
{
    private const int Tries = 200;

    /// <summary>A port of 127.0.0.1 below those that systems give to outgoing connections.</summary>
    public static int Take()
    {
        for (var i = 0; i < Tries; i++)
        {
            var port = Random.Shared.Next(18_000, 32_000);
            if (IsFree(port))
                return port;
        }

        throw new FunctionsHostException($"No free port was found on 127.0.0.1 in {Tries} tries.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
