namespace Mes.Web.Auth;

/// <summary>Signs tickets; only the gateway (and a test of a service) has use for it.</summary>
public sealed class TicketIssuer(TicketKeys keys, TimeProvider clock)
{
    /// <summary>A ticket for this caller, valid from now for at most <see cref="Ticket.LifetimeSecondsMax"/>.</summary>
    /// <param name="caller">Who it is for.</param>
    /// <param name="lifetime">How long; more than the maximum is cut to it.</param>
    public string Issue(Caller caller, TimeSpan? lifetime = null)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var seconds = (long)(lifetime?.TotalSeconds ?? Ticket.LifetimeSecondsMax);
        var ticket = new Ticket(
            caller.SubjectId,
            caller.Name,
            caller.Kind,
            caller.DeviceId,
            [.. caller.Permissions],
            now,
            now + Math.Min(seconds, Ticket.LifetimeSecondsMax),
            caller.Operator,
            caller.Equipment);
        return TicketCodec.Sign(ticket, keys);
    }
}
