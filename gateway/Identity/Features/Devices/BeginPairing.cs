using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Devices;

/// <summary>What a terminal shows so that an administrator can take it.</summary>
/// <param name="Code">To be typed by the administrator: two groups of four letters or digits.</param>
/// <param name="ExpiresAt">Until when, UTC; after that the terminal asks for another.</param>
public sealed record PairingView(string Code, DateTimeOffset ExpiresAt);

/// <summary>
/// Begins to make this browser a device. It is given the key at once, in its cookie; the key is worth something when an
/// administrator has typed the code that it shows. Asked again it has the same code while that can be used.
/// </summary>
static class BeginPairingEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/device/pairing", Handle)
        .Named("beginPairing", "Ask to become a registered device").IsOfThisBrowser();

    static async Task<PairingView> Handle(
        HttpContext context, IdentityDb db, OutboxSignal<IdentityDb> signal, CredentialStore store, TimeProvider clock)
    {
        var ct = context.RequestAborted;
        var (now, secret) = (clock.GetUtcNow(), context.Request.Cookies[Cookies.Device]);
        if (await store.FindDeviceAsync(secret, ct) is { } known)
        {
            throw RuleViolation.Conflict(
                "device-known", "This terminal is registered already. Revoke it first, or bind it anew.",
                ("device", known.DeviceId));
        }
        var hash = Secrets.Hash(secret ?? "");
        var pairing = await db.Pairings.SingleOrDefaultAsync(p => p.SecretHash == hash && p.ExpiresAt > now, ct);
        if (pairing is null)
        {
            secret = Secrets.Make(Secrets.DevicePrefix);
            pairing = Pairing.Begin(Secrets.Hash(secret), now);
            var origin = SignInOrigin.Of(context);
            (db.Actor, db.Action) = (new Actor(ActorKind.Unknown, origin.Key, origin.Address), "begin-pairing");
            db.Pairings.Add(pairing);
            await db.InTransaction(signal, () => Task.FromResult(true), ct);
            Cookies.SetDevice(context, secret, now);
        }
        return new PairingView(pairing.Code, pairing.ExpiresAt);
    }
}
