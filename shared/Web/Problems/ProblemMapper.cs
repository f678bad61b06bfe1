using System.Globalization;
using System.Text.Json;
using Mes.Kernel;
using Mes.Persistence;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Web.Problems;

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
        var problem = exception switch
        {
            BadHttpRequestException { InnerException: JsonException json } bad =>
                await MalformedBody.Explain(httpContext, bad.StatusCode, json),
            BadHttpRequestException { StatusCode: 413 } => BodyTooLarge(BodyLimit.Of(MalformedBody.EndpointOf(httpContext))),
            BadHttpRequestException { StatusCode: 400 } => await MalformedBody.Missing(httpContext) ?? Map(exception),
            _ => Map(exception)
        };
        if (problem.Status >= 500)
        {
            Failed(log, httpContext.Request.Path, exception);
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
        RuleViolation violation => Make(StatusOf(violation.Kind), violation.Code, violation.Hint, violation.Values),
        BadHttpRequestException bad => Make(bad.StatusCode, "malformed-request",
            "Compare the request with the endpoint's description at /openapi.", [("fault", bad.Message)]),
        DbUpdateConcurrencyException => Make(
            409, "changed-meanwhile", "Somebody else changed it at the same time. Read it again, then repeat the command."),
        DbUpdateException { InnerException: PostgresException postgres } failure =>
            DatabaseProblems.Map(postgres, failure.Entries),
        PostgresException postgres => DatabaseProblems.Map(postgres, []),
        _ when Outage.IsTimeout(exception) => DatabaseProblems.TooSlow(),
        NpgsqlException or DbUpdateException { InnerException: NpgsqlException }
            or InvalidOperationException { InnerException: NpgsqlException } => DatabaseProblems.Away(),
        InvalidOperationException { InnerException: DbUpdateException passing } => Map(passing),   // as EF wraps what may pass
        _ => Unexpected()
    };

    static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Malformed => 400,
        RefusalKind.Forbidden => 403,
        RefusalKind.NotFound => 404,
        RefusalKind.Conflict => 409,
        _ => 422
    };

    /// <summary>The problem of a body that is larger than its address takes.</summary>
    public static ProblemDetails BodyTooLarge(long bytesMax)
    {
        var wayOut = bytesMax == MalformedBody.BodyBytesMax ? "split a larger batch" : "attach a smaller file";
        return Make(413, "body-too-large", $"Send at most {bytesMax / 1_000_000} MB; {wayOut}.", [("maximum", bytesMax)]);
    }

    /// <summary>The problem of what must not happen.</summary>
    internal static ProblemDetails Unexpected() =>
        Make(500, "unexpected", "This is a defect of the software. Its trace id is in the log.");

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
            problem.Extensions[NameBeside(name)] = value;
        }
        return problem;
    }

    /// <summary>A problem's own members keep their meaning: a value of the same name goes under another.</summary>
    static string NameBeside(string name) => name switch
    {
        "status" => "currentStatus",
        "type" or "title" or "detail" or "instance" or "code" or "hint" or "traceId" =>
            string.Create(CultureInfo.InvariantCulture, $"given{char.ToUpperInvariant(name[0])}{name[1..]}"),
        _ => name
    };

    [LoggerMessage(1001, LogLevel.Error, "{Path} failed")]
    static partial void Failed(ILogger log, string path, Exception exception);
}
