using System.Collections.Concurrent;

namespace Mes.Gateway.Credentials;

/// <summary>
/// Remembers what was behind a secret for one second. A change made through this gateway is forgotten at once
/// (<see cref="Forget"/>, <see cref="ForgetAll"/>); one made through another gateway acts within that second.
/// </summary>
sealed class CredentialCache(CredentialStore store, TimeProvider clock)
{
    const int EntriesMax = 16_384;
    static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Lazy<Task<Credential?>>> _loading = new(StringComparer.Ordinal);
    int _changes;

    sealed record Entry(Credential Credential, DateTimeOffset FreshUntil);

    /// <summary>The credential behind the secret, or null when it is unknown, ended or revoked.</summary>
    public ValueTask<Credential?> FindAsync(string secret)
    {
        var now = clock.GetUtcNow();
        return _known.TryGetValue(secret, out var entry) && now < entry.FreshUntil
            ? new(entry.Credential.ExpiresAt > now ? entry.Credential : null)
            : new(LoadOnceAsync(secret));
    }

    /// <summary>The registered device that a request comes from, by its cookie; null where it comes from none.</summary>
    public async ValueTask<Credential?> FindDeviceAsync(HttpRequest request) =>
        request.Cookies[Cookies.Device] is { } secret && secret.StartsWith(Secrets.DevicePrefix, StringComparison.Ordinal)
            ? await FindAsync(secret) : null;

    /// <summary>The next request with this secret asks the database.</summary>
    public void Forget(string secret)
    {
        Interlocked.Increment(ref _changes);
        _known.TryRemove(secret, out _);
        _loading.TryRemove(secret, out _);
    }

    /// <summary>Every next request asks the database.</summary>
    public void ForgetAll()
    {
        Interlocked.Increment(ref _changes);
        _known.Clear();
        _loading.Clear();
    }

    // Many requests of one session share one look-up. It belongs to none of them, so none cancels it
    async Task<Credential?> LoadOnceAsync(string secret)
    {
        var load = _loading.GetOrAdd(secret, key => new(() => LoadAsync(key)));
        try
        {
            return await load.Value;
        }
        finally
        {
            _loading.TryRemove(new KeyValuePair<string, Lazy<Task<Credential?>>>(secret, load));
        }
    }

    async Task<Credential?> LoadAsync(string secret)
    {
        var (changes, asked) = (Volatile.Read(ref _changes), clock.GetUtcNow());
        var credential = await store.FindAsync(secret, CancellationToken.None);
        if (credential is null)
        {
            _known.TryRemove(secret, out _);
            return null;
        }

        _known.TryGetValue(secret, out var earlier);
        credential.Continue(earlier?.Credential);

        // Keep nothing that was read before a revocation, even if it arrives after
        if (changes == Volatile.Read(ref _changes)) Keep(secret, credential, asked);
        if (changes != Volatile.Read(ref _changes)) _known.TryRemove(secret, out _);
        return credential;
    }

    void Keep(string secret, Credential credential, DateTimeOffset asked)
    {
        if (_known.Count >= EntriesMax) Sweep(asked);
        _known[secret] = new Entry(credential, asked + FreshFor);
    }

    void Sweep(DateTimeOffset now)
    {
        foreach (var (secret, entry) in _known)
            if (entry.FreshUntil <= now) _known.TryRemove(secret, out _);
    }
}
