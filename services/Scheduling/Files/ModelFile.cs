using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Files;

/// <summary>The engine's own JSON format: the records of <see cref="SchedulingModel"/> in camel case; an objective is a
/// list of levels, each a list of criteria with weights. Unknown members are refused.</summary>
public static class ModelFile
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new ObjectiveConverter(),
        },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The model of a file.</summary>
    /// <exception cref="FormatException">It is not as the schema says; names every place.</exception>
    public static SchedulingModel Read(string json) => CheckedJson.Read<SchedulingModel>(json, Options, Schema);

    /// <summary>A text that <see cref="Read"/> reads as the same model.</summary>
    public static string Write(SchedulingModel model) => JsonSerializer.Serialize(model, Options);

    /// <summary>The JSON schema of model files.</summary>
    public static string Schema()
    {
        var exporter = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Describe,
        };
        var schema = Options.GetJsonSchemaAsNode(typeof(SchedulingModel), exporter).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Scheduling model; all times in whole seconds from the origin");
        return schema.ToJsonString(Options);
    }

    static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema) =>
        context.TypeInfo.Type == typeof(Objective) ? JsonNode.Parse(ObjectiveConverter.Schema)! : schema;

    sealed class ObjectiveConverter : JsonConverter<Objective>
    {
        public const string Schema = """
            {"type":"object","required":["levels"],"additionalProperties":false,"properties":{
             "levels":{"type":"array","minItems":1,"items":{"type":"array","minItems":1,"items":{"type":"object",
              "required":["criterion"],"additionalProperties":false,"properties":{"criterion":{"enum":[
              "weightedTardiness","makespan","setupTime","instability","workInProcess"]},
              "weight":{"type":"integer","minimum":1,"maximum":1000000}}}}},
             "equipmentChangeSeconds":{"type":"integer"}}}
            """;

        sealed record Term(Criterion Criterion, int Weight = 1);

        sealed record Form(Term[][] Levels, int? EquipmentChangeSeconds = null);

        public override Objective Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var form = JsonSerializer.Deserialize<Form>(ref reader, options);
            if (form?.Levels is null || form.Levels.Any(level => level is null || level.Contains(null!)))
                throw new JsonException("An objective has levels, each a list of criteria.");
            try
            {
                var objective = Objective.OfLevels([.. form.Levels.Select(level => level
                    .Select(term => new ObjectiveTerm(term.Criterion, term.Weight)).ToArray())]);
                return form.EquipmentChangeSeconds is { } seconds
                    ? objective with { EquipmentChangeSeconds = seconds }
                    : objective;
            }
            catch (ArgumentException problem)
            {
                throw new JsonException(problem.Message, problem);
            }
        }

        public override void Write(Utf8JsonWriter writer, Objective value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Form(
                [.. value.Levels.Select(level =>
                    level.Select(term => new Term(term.Criterion, term.Weight)).ToArray())],
                value.EquipmentChangeSeconds), options);
    }
}
