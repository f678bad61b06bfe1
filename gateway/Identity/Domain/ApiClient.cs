namespace Mes.Gateway.Identity.Domain;

/// <summary>A program that calls with keys: it stays the same one when its key is changed.</summary>
sealed class ApiClient
{
    ApiClient()
    {
    }

    /// <summary>Identity, the scope of its commands.</summary>
    public Guid Id { get; private set; }

    /// <summary>Which program it is.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Makes a program known.</summary>
    public static ApiClient Create(Guid id, string name, DateTimeOffset now) =>
        new() { Id = id, Name = name, CreatedAt = now };
}
