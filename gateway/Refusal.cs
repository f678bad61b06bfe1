using Mes.Web.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Gateway;

/// <summary>Expected refusals of the gateway, as problem details with a stable code and a hint.</summary>
static class Refusal
{
    public static ProblemHttpResult Of(int status, string code, string hint) =>
        TypedResults.Problem(ProblemMapper.Make(status, code, hint));

    public static ProblemHttpResult AlreadyExists(string what, string key, object value) =>
        TypedResults.Problem(ProblemMapper.Make(409, "already-exists",
            $"This is the {key} of a {what} that is there already. Read it, or send another {key}.",
            [("what", what), ("key", key), ("value", value)]));

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
        WriteAsync(context, 413, "body-too-large", "Send at most 1 MB; split a larger batch.");

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

    public static bool IsUniqueViolation(this DbUpdateException error) =>
        error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    static (string Code, string Hint) ForStatus(int? status) => status switch
    {
        404 => ("no-such-address", "Check the address; /openapi lists them all."),
        405 => ("method-not-allowed", "Check the method; /openapi lists them all."),
        415 => ("not-json", "Send the body as application/json."),
        _ => ("refused", "The request was refused."),
    };
}
