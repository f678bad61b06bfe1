using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Files;

/// <summary>A plan as a list of operations by their indices in the instance, from 0; of a model file also by their ids,
/// with setup and reason.</summary>
public static class PlanFile
{
    /// <summary>Numbers as numbers, names as in the engine, what is not there left out.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.Strict,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Where an operation is; times in whole seconds from the origin.</summary>
    /// <param name="Job">The index of its job.</param>
    /// <param name="Operation">Its index in the job.</param>
    /// <param name="Machine">The index of its equipment.</param>
    /// <param name="Start">Start of the work, after the setup.</param>
    /// <param name="End">End of the work.</param>
    public sealed record Entry(int Job, int Operation, int Machine, int Start, int End)
    {
        /// <summary>Start of its setup; null in a plan that does not name setups.</summary>
        public int? SetupStart { get; init; }

        /// <summary>The job's id in a model file.</summary>
        public string? JobId { get; init; }

        /// <summary>The operation's id in a model file.</summary>
        public string? OperationId { get; init; }

        /// <summary>The equipment's id in a model file.</summary>
        public string? EquipmentId { get; init; }

        /// <summary>Why it does not start earlier, of a model file.</summary>
        public Wait? Waits { get; init; }
    }

    /// <summary>A text that <see cref="Read"/> reads, a line per operation.</summary>
    /// <param name="model">The model of the plan.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="withIds">True for what a model file names besides: ids, setups and reasons.</param>
    public static string Write(SchedulingModel model, Plan plan, bool withIds) => "["
        + string.Join(",\n ", Entries(model, plan, withIds).Select(entry => JsonSerializer.Serialize(entry, Options)))
        + "]\n";

    /// <summary>The plan in the order of the model's jobs and their operations; see <see cref="Write"/>.</summary>
    public static IEnumerable<Entry> Entries(SchedulingModel model, Plan plan, bool withIds)
    {
        var machines = Index(model.Equipment.Select(equipment => equipment.Id));
        var places = model.Jobs.SelectMany((job, j) => job.Operations.Select((_, o) => (Job: j, Operation: o)));
        return plan.Operations.Zip(places, (planned, place) =>
        {
            var entry = new Entry(place.Job, place.Operation, machines[planned.EquipmentId], planned.StartSeconds,
                planned.EndSeconds);
            return !withIds ? entry : entry with
            {
                SetupStart = planned.SetupStartSeconds,
                JobId = planned.JobId,
                OperationId = planned.OperationId,
                EquipmentId = planned.EquipmentId,
                Waits = planned.Waits,
            };
        });
    }

    static string Schema() => Options.GetJsonSchemaAsNode(
        typeof(Entry[]), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).ToJsonString();

    /// <summary>The placements of a file. Where it does not name the setups, they may take all the time since the
    /// operation before.</summary>
    /// <exception cref="FormatException">It is no plan of the model; says where.</exception>
    public static List<PlannedOperation> Read(SchedulingModel model, string json)
    {
        var entries = CheckedJson.Read<Entry[]>(json, Options, Schema);
        var planned = new List<PlannedOperation>();
        foreach (var machine in entries.GroupBy(entry => entry.Machine))
        {
            var free = 0;
            foreach (var entry in machine.OrderBy(entry => entry.Start).ThenBy(entry => entry.End))
            {
                planned.Add(ToPlanned(model, entry, entry.SetupStart ?? Math.Min(entry.Start, free)));
                free = Math.Max(free, entry.End);
            }
        }
        return planned;
    }

    static PlannedOperation ToPlanned(SchedulingModel model, Entry entry, int setupStart)
    {
        if (entry.Job < 0 || entry.Job >= model.Jobs.Count || entry.Machine < 0
            || entry.Machine >= model.Equipment.Count
            || entry.Operation < 0 || entry.Operation >= model.Jobs[entry.Job].Operations.Count)
            throw new FormatException($"The instance has no {entry}.");
        var job = model.Jobs[entry.Job];
        return new PlannedOperation(job.Operations[entry.Operation].Id, job.Id, model.Equipment[entry.Machine].Id,
            setupStart, entry.Start, entry.End);
    }

    static Dictionary<string, int> Index(IEnumerable<string> ids) =>
        ids.Select((id, index) => (id, index)).ToDictionary(item => item.id, item => item.index);
}
