using System.Net;
using System.Net.Sockets;

namespace Mes.Postgres;

/// <summary>TCP ports of this machine's loopback address.</summary>
static class LoopbackPort
{
    const int Tried = 2000;

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            // Elsewhere it would also refuse a port whose last connections are merely waiting out their time.
            if (OperatingSystem.IsWindows()) listener.ExclusiveAddressUse = true;
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The first free port from <paramref name="first"/> on.</summary>
    public static int FirstFree(int first)
    {
        for (var port = first; port <= Math.Min(first + Tried, IPEndPoint.MaxPort); port++)
            if (IsFree(port)) return port;
        throw new PostgresUnavailableException($"No free port from {first} on.");
    }
}
