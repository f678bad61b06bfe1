using Mes.Web.Auth;
using Microsoft.Extensions.Primitives;

namespace Mes.Gateway.Credentials;

/// <summary>The two cookies: the session of a person, the identity of a terminal. No script can read them.</summary>
static class Cookies
{
    public const string Device = "mes-device";

    /// <summary>Which of several people signed in at one terminal asks: a digit; none is whoever else uses the browser.</summary>
    public const string SeatHeader = "Mes-Seat";

    // The same in the address, for pictures and videos, which a browser reads without a header
    const string SeatParameter = "seat";

    // The longest that browsers keep a cookie
    static readonly TimeSpan DeviceLifetime = TimeSpan.FromDays(400);

    /// <summary>
    /// The cookie of the session that a request is made in. A header is what no other site can send along; by the address a seat
    /// only reads, and the cookies are not sent along from another site.
    /// </summary>
    public static string SessionOf(HttpRequest request) => SeatOf(request) is [{ Length: 1 } seat]
        && char.IsAsciiDigit(seat[0]) ? $"{CredentialNames.SessionCookie}-{seat}" : CredentialNames.SessionCookie;

    static StringValues SeatOf(HttpRequest request) => request.Headers[SeatHeader] is { Count: > 0 } named ? named
        : HttpMethods.IsGet(request.Method) ? request.Query[SeatParameter] : default;

    /// <summary>Whether somebody at a terminal asks, not the browser itself.</summary>
    public static bool IsOfSeat(HttpRequest request) => SeatOf(request).Count > 0;

    public static void SetSession(HttpContext context, string secret, DateTimeOffset expiresAt) =>
        context.Response.Cookies.Append(SessionOf(context.Request), secret, Options(context, expiresAt));

    public static void SetDevice(HttpContext context, string secret, DateTimeOffset now) =>
        context.Response.Cookies.Append(Device, secret, Options(context, now + DeviceLifetime));

    public static void Clear(HttpContext context, string name) =>
        context.Response.Cookies.Delete(name, Options(context, null));

    static CookieOptions Options(HttpContext context, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        IsEssential = true,
        Path = "/",
        Expires = expiresAt,
    };
}
