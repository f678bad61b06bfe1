using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Web.Auth;

/// <summary>The two refusals of every endpoint, as RFC 9457 problem details.</summary>
public static class AuthProblems
{
    /// <summary>401, code <c>not-signed-in</c>.</summary>
    public static Task NotSignedIn(HttpContext context) => Write(context, new ProblemDetails
    {
        Status = StatusCodes.Status401Unauthorized,
        Title = "Not signed in",
        Extensions =
        {
            ["code"] = "not-signed-in",
            ["hint"] = "Sign in at /api/identity/sign-in, or send an API key as X-Api-Key or Authorization: Bearer.",
        },
    });

    /// <summary>403, code <c>not-permitted</c>, naming the permission that the endpoint wants.</summary>
    public static Task NotPermitted(HttpContext context) => Write(context, new ProblemDetails
    {
        Status = StatusCodes.Status403Forbidden,
        Title = "Not permitted",
        Extensions =
        {
            ["code"] = "not-permitted",
            ["permission"] = context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>()
                .Select(data => data.Policy).LastOrDefault(policy => policy is not null),
            ["hint"] = "Ask an administrator for a role that has this permission.",
        },
    });

    static Task Write(HttpContext context, ProblemDetails problem)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        context.Response.StatusCode = problem.Status!.Value;
        return context.Response.WriteAsJsonAsync(
            problem, options: null, contentType: "application/problem+json", context.RequestAborted);
    }
}
