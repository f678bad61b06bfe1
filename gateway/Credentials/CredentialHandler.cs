using System.Text.Encodings.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Mes.Gateway.Credentials;

/// <summary>
/// Signs a request in by its API key, in a header of its own or as bearer, or by its session cookie; a key goes first where
/// both are sent. Where neither is, a registered device that may do something by itself reads in its own name.
/// </summary>
sealed class CredentialHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    CredentialCache cache,
    SecurityLog security) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The authentication scheme of the gateway.</summary>
    public const string SchemeName = "credential";

    const string Bearer = "Bearer ";

    static readonly AuthenticateResult Unknown =
        AuthenticateResult.Fail("The session or key is unknown, has ended or was revoked.");

    static readonly AuthenticateResult CrossSite =
        AuthenticateResult.Fail("Another site may not act with this session.");

    /// <summary>The key or session that a request shows, or null.</summary>
    public static string? SecretOf(HttpRequest request) =>
        KeyOf(request) ?? request.Cookies[Cookies.SessionOf(request)];

    // What no other site's page can make a browser send
    static string? KeyOf(HttpRequest request) => request.Headers[CredentialNames.ApiKeyHeader] is { Count: > 0 } key
        ? key[0]
        : request.Headers.Authorization is [{ } sent, ..] && sent.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? sent[Bearer.Length..].Trim()
            : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var secret = SecretOf(Request);
        if (string.IsNullOrEmpty(secret)) return await ByDeviceAsync();
        if (KeyOf(Request) is null && IsCrossSite(Request)) return CrossSite;

        if (await cache.FindAsync(secret) is not { } credential) return Unknown;
        Context.Features.Set(credential);
        return credential.Result;
    }

    // It only reads: what is changed without a session or key has nobody to answer for it
    async Task<AuthenticateResult> ByDeviceAsync()
    {
        if (!HttpMethods.IsGet(Request.Method) || Cookies.IsOfSeat(Request)
            || await cache.FindDeviceAsync(Request) is not { Roles.Length: > 0 } device) return AuthenticateResult.NoResult();
        Context.Features.Set(device);
        return device.Result;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (!string.IsNullOrEmpty(SecretOf(Request))) security.UnknownCredential(Context);
        return AuthProblems.NotSignedIn(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        AuthProblems.NotPermitted(Context);

    // SameSite=Strict does not tell ports of one host apart; browsers do so here
    static bool IsCrossSite(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return false;
        var site = request.Headers["Sec-Fetch-Site"];
        return site.Count > 0 && site[0] is not ("same-origin" or "none");
    }
}
