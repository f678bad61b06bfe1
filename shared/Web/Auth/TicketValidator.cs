using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Authentication;

namespace Mes.Web.Auth;

/// <summary>
/// Judges tickets. One ticket serves all requests of a caller for up to a minute, so the answer is kept; a ticket in
/// the cache still expires on the second.
/// </summary>
sealed class TicketValidator(TicketKeys keys, TimeProvider clock)
{
    const int EntriesMax = 4096;

    readonly ConcurrentDictionary<string, Valid> _valid = new(StringComparer.Ordinal);
    int _entries;

    sealed record Valid(AuthenticateResult Result, long ExpiresAt);

    public AuthenticateResult Validate(string text)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (_valid.TryGetValue(text, out var known))
            return now < known.ExpiresAt ? known.Result : TicketFaults.Expired;

        if (TicketCodec.Read(text, keys) is not { } ticket) return TicketFaults.NotOurs;
        if (Fault(ticket, now) is { } fault) return fault;

        var caller = new Caller(
            ticket.SubjectId, ticket.Name, ticket.Kind, ticket.DeviceId, ticket.Permissions.ToFrozenSet())
        {
            Operator = ticket.Operator, Equipment = ticket.Equipment,
        };
        var principal = caller.ToPrincipal(TicketAuthentication.Scheme);
        var result = AuthenticateResult.Success(new AuthenticationTicket(principal, TicketAuthentication.Scheme));
        Keep(text, new Valid(result, ticket.ExpiresAt), now);
        return result;
    }

    static AuthenticateResult? Fault(Ticket ticket, long now) => ticket switch
    {
        _ when ticket.ExpiresAt <= now => TicketFaults.Expired,
        _ when ticket.ExpiresAt - ticket.IssuedAt > Ticket.LifetimeSecondsMax => TicketFaults.TooLong,
        _ when ticket.IssuedAt > now + Ticket.ClockSkewSecondsMax => TicketFaults.FromTheFuture,
        _ => null,
    };

    void Keep(string text, Valid valid, long now)
    {
        if (Interlocked.Increment(ref _entries) > EntriesMax) Sweep(now);
        _valid.TryAdd(text, valid);
    }

    // Rare: at most once per EntriesMax new tickets. Losing an entry only costs validating it once more
    void Sweep(long now)
    {
        foreach (var (text, valid) in _valid)
            if (valid.ExpiresAt <= now) _valid.TryRemove(text, out _);
        if (_valid.Count > EntriesMax / 2) _valid.Clear();
        Interlocked.Exchange(ref _entries, _valid.Count);
    }
}

static class TicketFaults
{
    public static readonly AuthenticateResult NotOurs = Fail("The ticket is not signed by this deployment.");
    public static readonly AuthenticateResult Expired = Fail("The ticket has expired.");
    public static readonly AuthenticateResult TooLong = Fail("The ticket lives longer than allowed.");
    public static readonly AuthenticateResult FromTheFuture = Fail("The ticket comes from the future.");
    public static readonly AuthenticateResult Several = Fail("There is more than one ticket.");

    static AuthenticateResult Fail(string why) => AuthenticateResult.Fail(why);
}
