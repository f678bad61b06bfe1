using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mes.Web;

/// <summary>Says which part is ill, and why; what an exception says is for the log alone, for anybody may ask.</summary>
public static class HealthReportWriter
{
    /// <summary>Writes the report as JSON.</summary>
    public static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        parts = report.Entries.Select(entry => new
        {
            name = entry.Key, status = entry.Value.Status.ToString(), why = Why(entry.Value)
        })
    });

    /// <summary>Why a part is ill, in words that are no secret; null where it is well.</summary>
    public static string? Why(HealthReportEntry part) => part.Exception is null ? part.Description : "It failed; see the log.";
}
