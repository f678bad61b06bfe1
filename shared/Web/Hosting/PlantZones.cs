using Microsoft.Extensions.Configuration;

namespace Mes.Web.Hosting;

/// <summary>The time zone of the plant: of its days, and of what is scheduled in it.</summary>
public static class PlantZones
{
    /// <summary>That of <c>Plant:TimeZone</c>, an IANA name; otherwise UTC.</summary>
    /// <exception cref="TimeZoneNotFoundException">There is none of that name.</exception>
    public static TimeZoneInfo PlantZone(this IConfiguration configuration) =>
        TimeZoneInfo.FindSystemTimeZoneById(configuration["Plant:TimeZone"] ?? "UTC");
}
