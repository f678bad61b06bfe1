using Mes.Contracts;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Gateway.Identity.Features.ApiKeys;
using Mes.Gateway.Identity.Features.Badges;
using Mes.Gateway.Identity.Features.Devices;
using Mes.Gateway.Identity.Features.People;
using Mes.Gateway.Identity.Features.Sessions;
using Mes.Gateway.Identity.Features.SignIn;
using Mes.Jobs;
using Mes.Messaging;
using Mes.Web.Auth;
using Mes.Web.Hosting;
using Microsoft.AspNetCore.Identity;

namespace Mes.Gateway.Identity;

/// <summary>Composes identity: who people, programs and devices are, as the gateway's own service.</summary>
static class IdentityModule
{
    /// <summary>Adds database, background work and what the verbs work with.</summary>
    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        builder.AddService<IdentityDb>(IdentityDb.Name, Consumers);
        builder.AddJobs<IdentityDb>(IdentityDb.Name).Add<SweepSessions>(SweepSessions.Key, SweepSessions.Hourly);
        builder.Services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        builder.Services.AddSingleton<IPasswordHasher<Badge>, PasswordHasher<Badge>>();
        builder.Services.AddSingleton<IssuedSecrets>();
        builder.Services.AddScoped<PersonStore>();
        builder.Services.AddScoped<SessionStore>();
        builder.Services.AddScoped<SignInAttempts>();
        builder.Services.AddScoped<SignInTransaction>();
        builder.Services.AddScoped<PasswordSignIn>();
        builder.Services.AddScoped<BadgeSignIn>();
        builder.Services.AddScoped<FirstAdministrator>();
    }

    /// <summary>Adds identity's consumers to a host that has the bus where that is not the gateway's own.</summary>
    public static void AddIdentityConsumers(this WebApplicationBuilder builder)
    {
        builder.AddDatabase<IdentityDb>(IdentityDb.Name);
        Consumers(new ConsumerBuilder<IdentityDb>(builder.Services));
    }

    static void Consumers(ConsumerBuilder<IdentityDb> consumers) =>
        consumers.Add<OnEquipmentChanged, EquipmentChanged>("identity-know-equipment");

    /// <summary>Maps <c>/api/identity</c>.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder app)
    {
        var api = app.MapService<IdentityDb>(IdentityDb.Name, history: Permissions.ReadAudit);
        SignInWithPasswordEndpoint.Map(api);
        SignInWithBadgeEndpoint.Map(api);
        ListDemoAccountsEndpoint.Map(api);
        SignWithPinEndpoint.Map(api);
        SignOutEndpoint.Map(api);
        ShowMeEndpoint.Map(api);
        ChangePasswordEndpoint.Map(api);
        BindDeviceEndpoint.Map(api);
        ShowThisDeviceEndpoint.Map(api);
        UnbindDeviceEndpoint.Map(api);
        BeginPairingEndpoint.Map(api);
        ListPeopleEndpoint.Map(api);
        ShowPersonEndpoint.Map(api);
        DefinePersonEndpoint.Map(api);
        ChangeRolesEndpoint.Map(api);
        ResetPasswordEndpoint.Map(api);
        DeactivatePersonEndpoint.Map(api);
        ActivatePersonEndpoint.Map(api);
        ListBadgesEndpoint.Map(api);
        CreateBadgeEndpoint.Map(api);
        ChangePinEndpoint.Map(api);
        RevokeBadgeEndpoint.Map(api);
        ListApiKeysEndpoint.Map(api);
        CreateApiKeyEndpoint.Map(api);
        RevokeApiKeyEndpoint.Map(api);
        ListDevicesEndpoint.Map(api);
        CreateDeviceEndpoint.Map(api);
        ConfirmPairingEndpoint.Map(api);
        ChangeDeviceEndpoint.Map(api);
        RevokeDeviceEndpoint.Map(api);
        ListSessionsEndpoint.Map(api);
        RevokeSessionEndpoint.Map(api);
    }
}
