using System.Net.Sockets;
using RabbitMQ.Client;

namespace Mes.Messaging;

/// <summary>
/// The connections of one bus, so that one that hangs can be cut off. Otherwise it would keep what it has got and not
/// acknowledged as long as the process lives: the broker gives that to another consumer only when the connection ends.
/// </summary>
sealed class BrokerSockets
{
    readonly Lock _lock = new();
    readonly List<ITcpClient> _open = [];
    bool _isCut;

    /// <summary>A socket for a new connection.</summary>
    /// <exception cref="IOException">The bus was cut off.</exception>
    public ITcpClient Open(AddressFamily family)
    {
        lock (_lock)
        {
            if (_isCut)
            {
                throw new IOException("This bus was left behind.");
            }
            var socket = ConnectionFactory.DefaultSocketFactory(family);
            _open.Add(socket);
            return socket;
        }
    }

    /// <summary>Ends all connections; there will be no new ones.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            foreach (var socket in _open)
            {
                socket.Dispose();
            }
        }
    }
}
