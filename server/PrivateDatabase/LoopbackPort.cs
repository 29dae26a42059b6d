using System.Net;
using System.Net.Sockets;

namespace Support.Server.PrivateDatabase;

/// <summary>Ports of 127.0.0.1.</summary>
internal static class LoopbackPort
{
    // Below the ports that systems give to outgoing connections (32768 and up on Linux, 49152 elsewhere): a server that is started again
    // must find its port free, also when somebody kept knocking at it meanwhile, whose own end of the connection may have got that very port.
    private const int Lowest = 18_000;
    private const int Highest = 32_000;
    private const int Tries = 200;

    public static int Free()
    {
        for (var i = 0; i < Tries; i++)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            if (IsFree(port))
                return port;
        }

        throw new PrivateDatabaseException($"No free port was found on 127.0.0.1 between {Lowest} and {Highest} in {Tries} tries.");
    }

    public static bool IsFree(int port) => IsFree(IPAddress.Loopback, port);

    public static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException e)
        {
            // Another error (say, a machine without ::1) means that nobody else has it either.
            return e.SocketErrorCode is not (SocketError.AddressAlreadyInUse or SocketError.AccessDenied);
        }
    }
}
