using System.Net;
using System.Net.Sockets;

namespace Mes.Tests.Editions;

/// <summary>Ports for servers that are started again on the same one: below the range that the system hands out itself.</summary>
public static class FreePort
{
    const int First = 31_000;
    const int Last = 31_999;
    static int _next = First + Random.Shared.Next(Last - First);

    /// <summary>A port on loopback that nobody listens on, another one at each call.</summary>
    public static int Next()
    {
        for (var tries = First; tries <= Last; tries++)
        {
            var port = First + (Interlocked.Increment(ref _next) % (Last - First + 1));
            if (IsFree(port)) return port;
        }
        throw new InvalidOperationException($"No port from {First} to {Last} is free.");
    }

    static bool IsFree(int port)
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
