using Mes.Gateway.Features.ApiKeys;
using Mes.Gateway.Features.Badges;
using Mes.Gateway.Features.Devices;
using Mes.Gateway.Features.Sessions;
using Mes.Gateway.Features.SignIn;
using Mes.Gateway.Features.Users;
using Mes.Web.Auth;

namespace Mes.Gateway.Features;

/// <summary>All routes of /api/identity.</summary>
static class IdentityEndpoints
{
    public static IServiceCollection AddIdentityFeatures(this IServiceCollection services) => services
        .AddScoped<PasswordSignIn>()
        .AddScoped<BadgeSignIn>()
        .AddScoped<PasswordChange>()
        .AddScoped<SignInAttempts>()
        .AddScoped<UserCreation>()
        .AddScoped<UserChanges>()
        .AddScoped<BadgeChanges>()
        .AddScoped<ApiKeyChanges>()
        .AddScoped<DeviceChanges>();

    public static void MapIdentity(this IEndpointRouteBuilder app)
    {
        var identity = app.MapGroup("/api/identity").RequireAuthorization();
        PasswordSignIn.Map(identity);
        BadgeSignIn.Map(identity);
        SignOut.Map(identity);
        Me.Map(identity);
        PasswordChange.Map(identity);
        ThisDevice.Map(identity);
        AuditTrail.Map(identity);
        MapManagement(identity.MapGroup("").RequireAuthorization(Permissions.ManageIdentity));
    }

    static void MapManagement(RouteGroupBuilder identity)
    {
        var users = identity.MapGroup("/users");
        ListUsers.Map(users);
        UserCreation.Map(users);
        UserChanges.Map(users);

        var badges = identity.MapGroup("/badges");
        ListBadges.Map(badges);
        BadgeChanges.Map(badges);

        var keys = identity.MapGroup("/api-keys");
        ListApiKeys.Map(keys);
        ApiKeyChanges.Map(keys);

        var devices = identity.MapGroup("/devices");
        ListDevices.Map(devices);
        DeviceChanges.Map(devices);

        var sessions = identity.MapGroup("/sessions");
        ListSessions.Map(sessions);
        RevokeSession.Map(sessions);
    }
}
