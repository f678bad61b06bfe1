using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Hosting.Problems;

/// <summary>The one place that turns exceptions into RFC 9457 problem details. Never shows a stack trace.</summary>
public sealed partial class ProblemMapper(ILogger<ProblemMapper> log) : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = 499;      // the client has gone; nobody reads an answer
            return true;
        }
        var problem = exception is BadHttpRequestException { InnerException: JsonException json } bad
            ? await MalformedBody.Explain(httpContext, bad.StatusCode, json)
            : Map(exception);
        if (problem.Status >= 500)
        {
            Unexpected(log, httpContext.Request.Path, exception);
        }
        await Write(httpContext, problem);
        return true;
    }

    /// <summary>Answers with the problem.</summary>
    public static Task Write(HttpContext context, ProblemDetails problem)
    {
        context.Response.StatusCode = problem.Status ?? 500;
        if (problem.Status == 503)
        {
            context.Response.Headers.RetryAfter = "2";
        }
        return context.Response.WriteAsJsonAsync(problem, problem.GetType(), options: null, "application/problem+json");
    }

    /// <summary>Makes the problem details for an exception.</summary>
    public static ProblemDetails Map(Exception exception) => exception switch
    {
        RuleViolation violation => Make(violation.Status, violation.Code, violation.Hint, violation.Values),
        BadHttpRequestException { StatusCode: 413 } => Make(
            413, "body-too-large", "Send at most 1 MB; split a larger batch."),
        BadHttpRequestException bad => Make(bad.StatusCode, "malformed-request",
            "Compare the request with the endpoint's description at /openapi.", [("detail", bad.Message)]),
        DbUpdateConcurrencyException => Make(
            409, "changed-meanwhile", "Somebody else changed it at the same time. Read it again, then repeat the command."),
        DbUpdateException { InnerException: PostgresException postgres } => Database(postgres),
        PostgresException postgres => Database(postgres),
        NpgsqlException or TimeoutException or DbUpdateException { InnerException: NpgsqlException }
            or InvalidOperationException { InnerException: NpgsqlException } => DatabaseAway(),
        InvalidOperationException { InnerException: DbUpdateException passing } => Map(passing),   // as EF wraps what may pass
        _ => Make(500, "unexpected", "This is a defect of the software. Its trace id is in the log.")
    };

    /// <summary>Makes problem details with the stable members that every problem has.</summary>
    public static ProblemDetails Make(
        int status, string code, string hint, IEnumerable<(string Name, object? Value)>? values = null)
    {
        var problem = new ProblemDetails { Status = status, Title = code.Replace('-', ' ') };
        problem.Extensions["code"] = code;
        problem.Extensions["hint"] = hint;
        problem.Extensions["traceId"] = System.Diagnostics.Activity.Current?.Id;
        foreach (var (name, value) in values ?? [])
        {
            problem.Extensions[name == "status" ? "currentStatus" : name] = value;     // "status" is the problem's own
        }
        return problem;
    }

    static ProblemDetails Database(PostgresException postgres) => postgres.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => Make(409, "already-exists", "It is there already. Read it, or use another key.",
            [("constraint", postgres.ConstraintName), ("detail", postgres.Detail)]),
        PostgresErrorCodes.ForeignKeyViolation => Make(422, "unknown-reference",
            "Something that the request names does not exist.", [("constraint", postgres.ConstraintName)]),
        PostgresErrorCodes.NumericValueOutOfRange => Make(400, "number-too-large", "Use a smaller number."),
        PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter => Make(
            400, "malformed-text", "Remove control characters from the text."),
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => Make(
            409, "changed-meanwhile", "Two commands met. Repeat the command under the same id."),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections => DatabaseAway(),
        _ when postgres.IsTransient => DatabaseAway(),
        _ => Make(500, "unexpected", "This is a defect of the software. Its trace id is in the log.")
    };

    static ProblemDetails DatabaseAway() => Make(503, "database-unavailable",
        "The service cannot reach its database. Repeat the command under the same id; it will be applied once.");

    [LoggerMessage(1001, LogLevel.Error, "{Path} failed")]
    static partial void Unexpected(ILogger log, string path, Exception exception);
}
