using System.ComponentModel.DataAnnotations;
using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Gateway.Features.ApiKeys;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.Devices;

/// <summary>A terminal or machine that is known to the plant.</summary>
public sealed record DeviceView(
    Guid Id,
    string Name,
    IReadOnlyList<string> Equipment,
    IReadOnlyList<string> Roles,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RevokedAt);

/// <summary>Registers a device; the answer has its key, to be typed or scanned at the terminal once.</summary>
/// <param name="Name">Where it stands.</param>
/// <param name="Equipment">The equipment it serves, by code; empty for any.</param>
/// <param name="Roles">What it may do with nobody signed in; often nothing.</param>
/// <param name="Why">For the audit trail.</param>
/// <param name="Id">Made by the client; sent again, it gets the same answer.</param>
public sealed record CreateDevice(
    [Label] string Name,
    [EquipmentCodes] string[] Equipment,
    [RoleNames] string[] Roles,
    [Why] string? Why = null,
    Guid? Id = null);

/// <summary>Tells this browser that it is the registered device of this key.</summary>
/// <param name="Secret">The device's key.</param>
public sealed record BindDevice([Secret] string Secret);

static class ListDevices
{
    public static void Map(RouteGroupBuilder devices) => devices.MapGet("", Handle);

    static async Task<Ok<Page<DeviceView>>> Handle(
        IdentityDb db, Guid? after, [Range(1, 1000)] int limit = 100, CancellationToken ct = default)
    {
        var last = after ?? Guid.Empty;
        var rows = await db.Devices.Where(d => d.Id > last).OrderBy(d => d.Id).Take(limit + 1)
            .Select(d => new DeviceView(d.Id, d.Name, d.Equipment, d.Roles, d.CreatedAt, d.RevokedAt))
            .ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows, limit, device => device.Id.ToString()));
    }
}

static class ThisDevice
{
    public static void Map(RouteGroupBuilder identity)
    {
        var device = identity.MapGroup("/device").AllowAnonymous().RequireRateLimiting(GatewayLimits.Device);
        device.MapPost("", Bind);
        device.MapGet("", Show);
        device.MapDelete("", Unbind);
    }

    static async Task<Results<Ok<DeviceView>, ProblemHttpResult>> Bind(
        BindDevice request, HttpContext context, IdentityDb db, CredentialStore store, SecurityLog log, TimeProvider clock)
    {
        var id = await store.FindDeviceAsync(request.Secret, context.RequestAborted);
        if (id is null)
        {
            log.UnknownCredential(context);
            return SignIn.SignInAnswers.Wrong();
        }
        Cookies.SetDevice(context, request.Secret, clock.GetUtcNow());
        return TypedResults.Ok(await ViewAsync(db, id.Value, context.RequestAborted));
    }

    static async Task<Results<Ok<DeviceView>, NoContent>> Show(
        HttpContext context, IdentityDb db, CredentialStore store)
    {
        var id = await store.FindDeviceAsync(context.Request.Cookies[Cookies.Device], context.RequestAborted);
        return id is null
            ? TypedResults.NoContent()
            : TypedResults.Ok(await ViewAsync(db, id.Value, context.RequestAborted));
    }

    static NoContent Unbind(HttpContext context)
    {
        Cookies.Clear(context, Cookies.Device);
        return TypedResults.NoContent();
    }

    static Task<DeviceView> ViewAsync(IdentityDb db, Guid id, CancellationToken ct) => db.Devices
        .Where(d => d.Id == id)
        .Select(d => new DeviceView(d.Id, d.Name, d.Equipment, d.Roles, d.CreatedAt, d.RevokedAt))
        .SingleAsync(ct);
}

sealed class DeviceChanges(IdentityDb db, IssuedSecrets secrets, CredentialCache cache, TimeProvider clock)
{
    public static void Map(RouteGroupBuilder devices)
    {
        devices.MapPost("", (CreateDevice request, HttpContext context, Caller caller, DeviceChanges change,
            CancellationToken ct) => change.CreateAsync(request, context, caller, ct));
        devices.MapDelete("/{id:guid}", (Guid id, [Why] string? why, Caller caller, DeviceChanges change,
            CancellationToken ct) => change.RevokeAsync(id, why, caller, ct));
    }

    async Task<Results<Created<IssuedSecret>, ProblemHttpResult>> CreateAsync(
        CreateDevice request, HttpContext context, Caller caller, CancellationToken ct)
    {
        var now = IssuedSecrets.AsKept(clock.GetUtcNow());
        var id = CommandIds.Of(context, request.Id, now);
        if (await AgainAsync(id, request, ct) is { } known) return known;
        var secret = secrets.Make(Secrets.DevicePrefix, id, now);
        db.Devices.Add(Make(request, id, secret, now));
        db.ActAs(caller, "create-device", request.Why);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            db.ChangeTracker.Clear();
            return await AgainAsync(id, request, ct) ?? Refusal.AlreadyExists("device", "id", id);
        }

        return TypedResults.Created((string?)null, new IssuedSecret(id, secret));
    }

    static Device Make(CreateDevice request, Guid id, string secret, DateTimeOffset now) => new()
    {
        Id = id,
        Name = request.Name,
        Equipment = request.Equipment,
        Roles = request.Roles,
        SecretHash = Secrets.Hash(secret),
        CreatedAt = now,
    };

    /// <summary>What the same command was answered before, or null where its id is new.</summary>
    async Task<Results<Created<IssuedSecret>, ProblemHttpResult>?> AgainAsync(
        Guid id, CreateDevice request, CancellationToken ct)
    {
        var device = await db.Devices.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct);
        if (device is null) return null;
        var isSame = device.Name == request.Name && device.Equipment.SequenceEqual(request.Equipment)
            && device.Roles.SequenceEqual(request.Roles) && device.RevokedAt is null;
        return isSame && secrets.Again(Secrets.DevicePrefix, id, device.CreatedAt, device.SecretHash) is { } secret
            ? TypedResults.Created((string?)null, new IssuedSecret(id, secret))
            : Refusal.AlreadyExists("device", "id", id);
    }

    async Task<NoContent> RevokeAsync(Guid id, string? why, Caller caller, CancellationToken ct)
    {
        var device = await db.Devices.SingleOrDefaultAsync(d => d.Id == id, ct)
            ?? throw RuleViolation.NotFound("device", id);
        if (device.RevokedAt is not null) return TypedResults.NoContent();
        device.RevokedAt = clock.GetUtcNow();
        db.ActAs(caller, "revoke-device", why);
        await db.SaveChangesAsync(ct);
        cache.ForgetAll();
        return TypedResults.NoContent();
    }
}
