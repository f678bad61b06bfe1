using Mes.Web.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Gateway;

/// <summary>Expected refusals of the gateway, as problem details with a stable code and a hint.</summary>
static class Refusal
{
    public static ProblemHttpResult Of(int status, string code, string hint) =>
        TypedResults.Problem(ProblemMapper.Make(status, code, hint));

    // One answer for an unknown name and a wrong secret: it tells no names
    public static ProblemHttpResult WrongCredentials() => Of(
        401, "wrong-credentials", "Check name and secret; after five failures it is locked here for five minutes.");

    // The caller is signed in, and stays so
    public static ProblemHttpResult WrongPin() => Of(
        422, "wrong-pin", "Check the PIN; after five failures it is locked here for five minutes.");

    // Also for a badge that nobody knows, so that a scan alone tells nothing about it
    public static ProblemHttpResult PinRequired() => Of(
        401, "pin-required", "Enter the PIN. A badge without one signs in on registered terminals only.");

    public static ProblemHttpResult LockedOut(HttpContext context, DateTimeOffset until, DateTimeOffset now)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling((until - now).TotalSeconds)).ToString("0");
        return Of(429, "locked-out", "Wait as long as Retry-After says, then try again.");
    }

    public static ProblemHttpResult TooManyAttempts(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "60";
        return Of(429, "too-many-requests", "Too many attempts on this account: wait a minute.");
    }

    public static Task WriteAsync(HttpContext context, int status, string code, string hint) =>
        context.Response.HasStarted
            ? Task.CompletedTask
            : ProblemMapper.Write(context, ProblemMapper.Make(status, code, hint));

    /// <summary>Refuses methods that no address here has, before anything is asked to forward one.</summary>
    public static Task RefuseUnknownMethod(HttpContext context, RequestDelegate next) => context.Request.Method
        is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS"
            ? next(context)
            : WriteAsync(context, 405, "method-not-allowed", "Check the method; /openapi lists them all.");

    public static Task WriteBodyTooLargeAsync(HttpContext context) =>
        context.Response.HasStarted
            ? Task.CompletedTask
            : ProblemMapper.Write(context, ProblemMapper.BodyTooLarge(BodyLimit.Of(context.GetEndpoint())));

    /// <summary>Gives what the framework refuses (no route, wrong method, invalid value) a code and a hint.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem.Extensions.ContainsKey("code")) return;
        var (code, hint) = ForStatus(problem.Status);
        if (problem is HttpValidationProblemDetails invalid)
        {
            var (field, says) = invalid.Errors.Select(error => (error.Key, error.Value.FirstOrDefault())).FirstOrDefault();
            (code, hint) = ("invalid-value", says ?? "Check the values.");
            problem.Extensions["field"] = field;
        }
        problem.Title = code.Replace('-', ' ');
        problem.Extensions["code"] = code;
        problem.Extensions["hint"] = hint;
    }

    static (string Code, string Hint) ForStatus(int? status) => status switch
    {
        404 => ("no-such-address", "Check the address; /openapi lists them all."),
        405 => ("method-not-allowed", "Check the method; /openapi lists them all."),
        415 => ("not-json", "Send the body as application/json."),
        _ => ("refused", "The request was refused."),
    };
}
