using Mes.Hosting.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Gateway;

/// <summary>Expected refusals of the gateway, as problem details with a stable code and a hint.</summary>
static class Refusal
{
    public static ProblemHttpResult Of(int status, string code, string hint) =>
        TypedResults.Problem(ProblemMapper.Make(status, code, hint));

    public static ProblemHttpResult AlreadyExists(string what) =>
        Of(409, "already-exists", $"There is a {what} with this name or id. Use it, or choose another.");

    public static Task WriteAsync(HttpContext context, int status, string code, string hint) =>
        context.Response.HasStarted
            ? Task.CompletedTask
            : ProblemMapper.Write(context, ProblemMapper.Make(status, code, hint));

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
