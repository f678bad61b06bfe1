using System.Net;
using System.Net.Sockets;

namespace Mes.Messaging.Tests;

/// <summary>A link to a server that can go silent: connections stay open, and nothing passes in either direction.</summary>
sealed class FaultyLink : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _over = new();
    readonly int _target;
    volatile TaskCompletionSource _passes = Passing();

    public FaultyLink(int targetPort)
    {
        _target = targetPort;
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void GoSilent() => _passes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Heal() => _passes.TrySetResult();

    static TaskCompletionSource Passing()
    {
        var passing = new TaskCompletionSource();
        passing.SetResult();
        return passing;
    }

    async Task Accept()
    {
        while (!_over.IsCancellationRequested)
        {
            _ = Join(await _listener.AcceptTcpClientAsync(_over.Token));
        }
    }

    async Task Join(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        await _passes.Task.WaitAsync(_over.Token);
        await far.ConnectAsync(IPAddress.Loopback, _target, _over.Token);
        // whichever side ends, both do
        await Task.WhenAny(Pump(near.GetStream(), far.GetStream()), Pump(far.GetStream(), near.GetStream()));
    }

    async Task Pump(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _over.Token) is > 0 and var bytes)
        {
            await _passes.Task.WaitAsync(_over.Token);
            await to.WriteAsync(buffer.AsMemory(0, bytes), _over.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Dispose();
        _over.Dispose();
    }
}
