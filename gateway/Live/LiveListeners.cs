using Mes.Gateway.Credentials;
using Mes.Web.Auth;

namespace Mes.Gateway.Live;

/// <summary>
/// Who listens. One question per kind of secret twice a second, whatever their number, tells whose session has ended or whose
/// rights have changed: their streams end, and whoever may still listen comes back with what they may hear now.
/// </summary>
sealed partial class LiveListeners(
    LiveEvents live, CredentialStore store, IConfiguration configuration, ILogger<LiveListeners> logger) : BackgroundService
{
    const int ListenersMax = 2_000;
    static readonly TimeSpan Period = TimeSpan.FromSeconds(0.5);

    readonly int _perCallerMax = configuration.GetValue("Gateway:StreamsPerCaller", 20);
    readonly HashSet<LiveListener> _listeners = [];

    /// <summary>Begins to listen, until disposed; null where there is no room.</summary>
    /// <param name="caller">Who listens.</param>
    /// <param name="secret">What they have shown.</param>
    /// <param name="isTheirs">Whether the caller has all the streams that one may have; else nobody finds room.</param>
    public LiveListener? Join(Caller caller, string secret, out bool isTheirs)
    {
        lock (_listeners)
        {
            isTheirs = _listeners.Count(other => other.Caller.SubjectId == caller.SubjectId) >= _perCallerMax;
            if (isTheirs || _listeners.Count >= ListenersMax) return null;
            var listener = new LiveListener(
                caller, secret, live.Subscribe(type => LiveAudience.MayHear(caller, type)), Leave);
            _listeners.Add(listener);
            return listener;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CheckAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                CheckFailed(logger, failure); // while the database is away nobody's rights can be changed there
            }
        }
    }

    async Task CheckAsync(CancellationToken ct)
    {
        LiveListener[] listeners;
        lock (_listeners) listeners = [.. _listeners];
        if (listeners.Length == 0) return;
        var secrets = listeners.Select(listener => listener.Secret).ToHashSet(StringComparer.Ordinal);
        var valid = await store.FindAllAsync(secrets, ct);
        foreach (var listener in listeners)
            if (!IsUnchanged(listener.Caller, valid.GetValueOrDefault(listener.Secret))) listener.End();
    }

    static bool IsUnchanged(Caller caller, Credential? now) =>
        now is not null && now.Caller.Permissions.SetEquals(caller.Permissions);

    void Leave(LiveListener listener)
    {
        lock (_listeners) _listeners.Remove(listener);
    }

    [LoggerMessage(1103, LogLevel.Warning, "Who may still listen is not known")]
    static partial void CheckFailed(ILogger logger, Exception failure);
}

/// <summary>One stream: whose it is, and what it has not taken yet.</summary>
sealed class LiveListener(Caller caller, string secret, LiveSubscription events, Action<LiveListener> leave) : IDisposable
{
    public Caller Caller => caller;

    public string Secret => secret;

    public LiveSubscription Events => events;

    /// <summary>Whether the caller may no longer listen.</summary>
    public bool HasEnded { get; private set; }

    public void End()
    {
        HasEnded = true;
        events.Wake();
    }

    public void Dispose()
    {
        leave(this);
        events.Dispose();
    }
}
