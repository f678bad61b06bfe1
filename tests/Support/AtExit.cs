namespace Mes.Tests.Support;

/// <summary>Stops a server while the process ends: nothing can be awaited there any more, so this blocks, with a bound.</summary>
static class AtExit
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    public static void Stop(IAsyncDisposable server) =>
        Task.WaitAny([Task.Run(() => server.DisposeAsync().AsTask())], Bound);
}
