using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mes.Web.Auth;

/// <summary>How a service knows its callers.</summary>
public static class TicketAuthentication
{
    /// <summary>The authentication scheme of services.</summary>
    public const string Scheme = "ticket";

    /// <summary>
    /// Authenticates by ticket, adds a policy per permission and, for endpoints that name none, requires a signed-in
    /// caller. <see cref="Caller"/> becomes available to endpoints.
    /// </summary>
    /// <remarks>A missing or weak <see cref="TicketKeys.Setting"/> stops the host at its start.</remarks>
    public static IServiceCollection AddTicketAuthentication(
        this IServiceCollection services, IConfiguration configuration)
    {
        services.AddTicketIssuer(configuration);
        services.TryAddSingleton<TicketValidator>();
        return services.AddOnlyScheme<TicketAuthenticationHandler>(Scheme).AddCaller();
    }

    /// <summary>
    /// Adds the one authentication scheme of a host. Unlike the framework's own registration it brings no data
    /// protection, whose keys would want a place to be kept and protect nothing here.
    /// </summary>
    public static IServiceCollection AddOnlyScheme<THandler>(this IServiceCollection services, string scheme)
        where THandler : AuthenticationHandler<AuthenticationSchemeOptions>
    {
        services.AddAuthenticationCore(options => options.DefaultScheme = scheme);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, THandler>(scheme, null);
        return services;
    }

    /// <summary>The signing side alone, as the gateway needs it.</summary>
    public static IServiceCollection AddTicketIssuer(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<TicketOptions>()
            .Configure(options => options.Keys = TicketKeys.From(configuration))
            .ValidateOnStart();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<TicketOptions>>().Value.Keys!);
        services.TryAddSingleton<TicketIssuer>();
        services.TryAddSingleton<PinSignatures>();
        return services;
    }

    /// <summary>The policies by permission and the <see cref="Caller"/>, whatever the authentication scheme.</summary>
    public static IServiceCollection AddCaller(this IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var permission in Permissions.All)
        {
            authorization.AddPolicy(permission, policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(context => Caller.Of(context.User)?.May(permission) == true));
        }

        services.AddHttpContextAccessor();
        services.TryAddScoped(provider => Caller.Of(provider.GetRequiredService<IHttpContextAccessor>().HttpContext));
        return services;
    }
}

sealed class TicketOptions
{
    public TicketKeys? Keys { get; set; }
}
