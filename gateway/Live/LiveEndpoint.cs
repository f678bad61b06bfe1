using Mes.Gateway.Credentials;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Gateway.Live;

/// <summary>
/// GET /api/live: server-sent events. A heartbeat comment every 15 seconds keeps proxies from closing the line; the
/// event <c>missed</c> tells a screen to read again what it shows. The stream ends with the session, and when the rights
/// of the caller change; each hears what they may read.
/// </summary>
static class LiveEndpoint
{
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    static readonly TimeSpan HeartbeatCheck = TimeSpan.FromSeconds(1);

    public static void MapLive(this IEndpointRouteBuilder app) => app.MapGet("/api/live", Handle)
        .Named("listenLive", "Listen to what happens")
        .RequireAuthorization(Permissions.ReadWorkOrders);

    static async Task Handle(HttpContext context, LiveEvents live, LiveListeners listeners, Caller caller, TimeProvider clock)
    {
        using var listener = listeners.Join(caller, CredentialHandler.SecretOf(context.Request)!, out var isTheirs);
        if (listener is null)
        {
            await (isTheirs
                ? Refusal.WriteAsync(context, 429, "too-many-streams", "Close another screen or program that you listen with.")
                : Refusal.WriteAsync(context, 503, "too-many-listeners", "Close a screen that shows live data."));
            return;
        }

        var stream = new LiveStream(context, listener.Events, clock, Heartbeat);
        try
        {
            await stream.StartAsync(live.LastId);
            while (!listener.HasEnded) await stream.ContinueAsync(HeartbeatCheck);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // the screen went away
        }
    }
}

/// <summary>Writes the events of one screen in the format of server-sent events.</summary>
sealed class LiveStream(HttpContext context, LiveSubscription subscription, TimeProvider clock, TimeSpan heartbeat)
{
    readonly HttpResponse _response = context.Response;
    long _lastWrite = clock.GetTimestamp();

    public async Task StartAsync(long newestId)
    {
        _response.ContentType = "text/event-stream";
        _response.Headers.CacheControl = "no-store";
        _response.Headers["X-Accel-Buffering"] = "no";
        await WriteAsync(": connected\nretry: 2000\n\n");
        if (Missed(context.Request.Headers["Last-Event-ID"].ToString(), newestId))
            await WriteAsync($"id: {newestId}\nevent: missed\ndata: {{}}\n\n");
    }

    public async Task ContinueAsync(TimeSpan atMost)
    {
        if (await subscription.WaitAsync(atMost, context.RequestAborted)) await WriteWaitingAsync();
        else if (clock.GetElapsedTime(_lastWrite) >= heartbeat) await WriteAsync(": heartbeat\n\n");
    }

    // A screen that comes back with another id than the newest was away while something happened
    static bool Missed(string lastSeen, long newestId) =>
        lastSeen.Length > 0 && (!long.TryParse(lastSeen, out var seen) || seen != newestId);

    async Task WriteWaitingAsync()
    {
        var (missed, events) = subscription.Take();
        if (missed > 0) await WriteAsync($"event: missed\ndata: {{\"count\":{missed}}}\n\n");
        foreach (var happened in events)
            await _response.WriteAsync($"id: {happened.Id}\nevent: {happened.Type}\ndata: {happened.Json}\n\n");
        await FlushAsync();
    }

    async Task WriteAsync(string text)
    {
        await _response.WriteAsync(text, context.RequestAborted);
        await FlushAsync();
    }

    async Task FlushAsync()
    {
        await _response.Body.FlushAsync(context.RequestAborted);
        _lastWrite = clock.GetTimestamp();
    }
}
