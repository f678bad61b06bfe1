using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Mes.Jobs.Tests;

/// <summary>Stands between a process and its database, and can cut all connections and refuse new ones for a while.</summary>
sealed class Outage : IAsyncDisposable
{
    readonly NpgsqlConnectionStringBuilder _server;
    readonly ConcurrentBag<TcpClient> _open = [];
    readonly CancellationTokenSource _end = new();
    readonly int _port;
    TcpListener _listener;

    public Outage(string connectionString)
    {
        _server = new NpgsqlConnectionStringBuilder(connectionString);
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Serve(_listener);
    }

    /// <summary>The database as it is reached through this.</summary>
    public string Connection => new NpgsqlConnectionStringBuilder(_server.ConnectionString)
    {
        Host = "127.0.0.1", Port = _port, Timeout = 3
    }.ConnectionString;

    public void Begin()
    {
        _listener.Stop();
        foreach (var connection in _open) connection.Close();
        _open.Clear();
    }

    public void End()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _ = Serve(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Begin();
    }

    async Task Serve(TcpListener listener)
    {
        try
        {
            while (true) _ = Forward(await listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // an outage begins
        }
    }

    async Task Forward(TcpClient client)
    {
        var server = new TcpClient();
        _open.Add(client);
        _open.Add(server);
        try
        {
            await server.ConnectAsync(_server.Host!, _server.Port, _end.Token);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), _end.Token),
                server.GetStream().CopyToAsync(client.GetStream(), _end.Token));
        }
        catch (Exception ended) when (
            ended is SocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // one side has ended it
        }
        client.Close();
        server.Close();
    }
}
