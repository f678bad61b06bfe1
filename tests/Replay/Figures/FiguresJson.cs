using System.Text.Json;

namespace Mes.Replay.Figures;

/// <summary>The figures as JSON: camelCase members, names of equipment and kinds as they are.</summary>
static class FiguresJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(ReplayFigures figures) => JsonSerializer.Serialize(figures, Options);

    /// <exception cref="JsonException">The text is not such figures.</exception>
    public static ReplayFigures Read(string json) =>
        JsonSerializer.Deserialize<ReplayFigures>(json, Options)
        ?? throw new JsonException("The JSON is null where replay figures are expected.");
}
