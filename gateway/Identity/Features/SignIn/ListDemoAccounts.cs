using Mes.Web;

namespace Mes.Gateway.Identity.Features.SignIn;

/// <summary>An account of a demo installation, for everybody to try: its password is no secret.</summary>
/// <param name="UserName">The name to sign in with.</param>
/// <param name="Role">The role whose work it shows.</param>
/// <param name="Password">The password.</param>
public sealed record DemoAccount(string UserName, string Role, string Password);

/// <summary>
/// Offers the accounts of a demo to whoever comes to the sign-in page. They are what the host was configured with, which
/// only a demo is: every other installation answers with none.
/// </summary>
static class ListDemoAccountsEndpoint
{
    /// <summary>The section of the configuration in which the host of a demo names its accounts.</summary>
    const string Section = "Gateway:DemoAccounts";

    public static void Map(RouteGroupBuilder api) => api.MapGet("/demo-accounts", Handle)
            .Named("listDemoAccounts", "List the accounts of a demo")
        .AllowAnonymous();

    /// <summary>
    /// For the sign-in page of a demo, in the order in which its host names them; an empty list everywhere else.
    /// </summary>
    static IReadOnlyList<DemoAccount> Handle(IConfiguration configuration) =>
        configuration.GetSection(Section).Get<DemoAccount[]>() ?? [];
}
