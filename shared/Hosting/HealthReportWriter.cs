using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mes.Hosting;

/// <summary>Says which part is ill, and why.</summary>
static class HealthReportWriter
{
    public static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        parts = report.Entries.Select(entry => new
        {
            name = entry.Key, status = entry.Value.Status.ToString(), why = entry.Value.Description ?? entry.Value.Exception?.Message
        })
    });
}
