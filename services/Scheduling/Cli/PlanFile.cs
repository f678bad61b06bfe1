using System.Text.Json;
using Mes.Scheduling.Engine;

namespace Mes.Scheduling.Cli;

/// <summary>A plan as a list of operations by their indices in the instance, from 0.</summary>
static class PlanFile
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    sealed record Entry(int Job, int Operation, int Machine, int Start, int End);

    public static string Write(SchedulingModel model, Plan plan)
    {
        var machines = Index(model.Equipment.Select(equipment => equipment.Id));
        var places = model.Jobs.SelectMany((job, j) => job.Operations.Select((_, o) => (Job: j, Operation: o)));
        var entries = plan.Operations.Zip(places, (planned, place) => new Entry(place.Job, place.Operation,
            machines[planned.EquipmentId], planned.StartSeconds, planned.EndSeconds));
        return "[" + string.Join(",\n ", entries.Select(entry => JsonSerializer.Serialize(entry, Options))) + "]\n";
    }

    /// <summary>The placements of a file. Setups may take all the time since the operation before.</summary>
    public static List<PlannedOperation> Read(SchedulingModel model, string json)
    {
        var entries = JsonSerializer.Deserialize<Entry[]>(json,
            Options) ?? throw new FormatException("The plan is empty.");
        var planned = new List<PlannedOperation>();
        foreach (var machine in entries.GroupBy(entry => entry.Machine))
        {
            var free = 0;
            foreach (var entry in machine.OrderBy(entry => entry.Start).ThenBy(entry => entry.End))
            {
                planned.Add(ToPlanned(model, entry, Math.Min(entry.Start, free)));
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
