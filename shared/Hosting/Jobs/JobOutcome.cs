using System.Text.Json;

namespace Mes.Hosting.Jobs;

/// <summary>How one attempt of a run ended: <see cref="Done"/>, <see cref="Retry"/> or <see cref="Failed"/>.</summary>
public abstract record JobOutcome
{
    private protected JobOutcome()
    {
    }
}

/// <summary>The work is finished.</summary>
/// <param name="ResultJson">A JSON document kept in the run log.</param>
public sealed record Done(string ResultJson = "{}") : JobOutcome
{
    /// <summary>Finished with a result that is serialized the way the HTTP interface does.</summary>
    public static Done With<T>(T result) => new(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
}

/// <summary>The work could not be done now and is to be tried again as the next attempt of the same run.</summary>
/// <param name="After">How long to wait first; zero or more.</param>
/// <param name="Why">Shown in the run log.</param>
public sealed record Retry(TimeSpan After, string Why) : JobOutcome;

/// <summary>The work cannot be done; nothing is tried again.</summary>
/// <param name="Why">Shown in the run log.</param>
public sealed record Failed(string Why) : JobOutcome;
