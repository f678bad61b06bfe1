using Mes.Gateway.Credentials;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.Features;

namespace Mes.Gateway;

/// <summary>Who tried what from where, for whoever watches over the plant's security: one kind of entry, each with the same
/// three fields.</summary>
sealed partial class SecurityLog(ILogger<SecurityLog> log)
{
    const int PathCharactersMax = 200;

    public void SignedIn(HttpContext context, string who) => SignedIn(log, who, Path(context), Address(context));

    public void SignInFailed(HttpContext context, string who) => SignInFailed(log, who, Path(context), Address(context));

    public void LockedOut(HttpContext context, string who) => LockedOut(log, who, Path(context), Address(context));

    public void UnknownCredential(HttpContext context) =>
        UnknownCredential(log, "unknown", Path(context), Address(context));

    public void NotPermitted(HttpContext context) =>
        NotPermitted(log, WhoIs(Caller.Of(context.User)), Path(context), Address(context));

    /// <summary>
    /// Enters each answer 403, whoever gives it: the gateway, a service for want of a permission, or a rule of one.
    /// </summary>
    public static async Task TellOfRefusals(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.StatusCode == StatusCodes.Status403Forbidden)
        {
            context.RequestServices.GetRequiredService<SecurityLog>().NotPermitted(context);
        }
    }

    static string WhoIs(Caller? caller) => caller is null ? "unknown" : $"{caller.Kind} {caller.SubjectId}";

    static string Address(HttpContext context) => SignInOrigin.AddressOf(context);

    // As it was sent, still encoded: no line of the log can be forged by it. Without the query, which may hold anything
    static string Path(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? "";
        return context.Request.Method + " " + (target.Length > PathCharactersMax ? target[..PathCharactersMax] : target);
    }

    [LoggerMessage(1110, LogLevel.Information, "Signed in: {Who}, {Path}, from {Address}")]
    static partial void SignedIn(ILogger log, string who, string path, string address);

    [LoggerMessage(1111, LogLevel.Warning, "Sign-in failed: {Who}, {Path}, from {Address}")]
    static partial void SignInFailed(ILogger log, string who, string path, string address);

    [LoggerMessage(1112, LogLevel.Warning, "Locked out: {Who}, {Path}, from {Address}")]
    static partial void LockedOut(ILogger log, string who, string path, string address);

    [LoggerMessage(1113, LogLevel.Warning, "Unknown credential: {Who}, {Path}, from {Address}")]
    static partial void UnknownCredential(ILogger log, string who, string path, string address);

    [LoggerMessage(1114, LogLevel.Warning, "Not permitted: {Who}, {Path}, from {Address}")]
    static partial void NotPermitted(ILogger log, string who, string path, string address);
}
