namespace Mes.WorkOrders.Data;

/// <summary>The time zone whose days are the plant's (<c>Plant:TimeZone</c>, otherwise UTC), as for schedules of jobs.</summary>
/// <param name="Name">Its IANA name, which PostgreSQL knows as well.</param>
sealed record PlantZone(string Name)
{
    public static PlantZone Of(IConfiguration configuration) => new(configuration["Plant:TimeZone"] ?? "UTC");
}
