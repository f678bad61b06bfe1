using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mes.Hosting;

/// <summary>Says which part is ill, and why.</summary>
public static class HealthReportWriter
{
    /// <summary>Writes the report as JSON.</summary>
    public static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        parts = report.Entries.Select(entry => new
        {
            name = entry.Key, status = entry.Value.Status.ToString(), why = entry.Value.Description ?? entry.Value.Exception?.Message
        })
    });
}
