using System.Net.Sockets;
using Mes.Tests.Support;
using Shouldly;

namespace Mes.Postgres.Tests;

/// <summary>The tests' own broker: what kills and starts it must be trusted before it judges others.</summary>
public sealed class RabbitMqNodeTests
{
    [RabbitMqFact]
    public async Task A_node_starts_is_killed_starts_again_on_its_data_and_leaves_nothing_behind()
    {
        int port;
        await using (var node = await RabbitMqNode.StartAsync())
        {
            port = node.Port;
            var host = await node.CreateVirtualHostAsync("kept");
            await node.KillAsync();
            IsOpen(port).ShouldBeFalse();
            await node.StartAgainAsync();
            IsOpen(port).ShouldBeTrue();
            await node.DeleteVirtualHostAsync(host); // fails if it did not survive
            await node.StopAsync();
            IsOpen(port).ShouldBeFalse();
        }

        foreach (var offset in Enumerable.Range(0, 6)) IsOpen(port + offset).ShouldBeFalse();
    }

    static bool IsOpen(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
