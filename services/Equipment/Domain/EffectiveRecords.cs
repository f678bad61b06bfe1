namespace Mes.Equipment.Domain;

/// <summary>Decides which of the records received count: the same set whatever order they came in.</summary>
static class EffectiveRecords
{
    /// <summary>Each record once, without those whose report was countered and those that claim no time.</summary>
    /// <exception cref="ArgumentException">
    /// The records speak of several equipments, or one id stands for two different contents.
    /// </exception>
    public static IReadOnlyList<ActivityRecord> Of(IEnumerable<ActivityRecord> records)
    {
        var byId = new Dictionary<Guid, ActivityRecord>();
        var counteredReports = new HashSet<Guid>();
        string? equipmentId = null;
        foreach (var record in records)
        {
            RequireSameEquipment(equipmentId ??= record.EquipmentId, record);
            if (record.IsReversed)
                counteredReports.Add(record.SourceReportId);
            else
                byId[record.Id] = byId.TryGetValue(record.Id, out var known) ? Merge(known, record) : record;
        }

        return [.. byId.Values.Where(r => !r.Time.IsEmpty && !counteredReports.Contains(r.SourceReportId))];
    }

    static void RequireSameEquipment(string equipmentId, ActivityRecord record)
    {
        if (record.EquipmentId != equipmentId)
            throw new ArgumentException(
                $"Records of {equipmentId} and {record.EquipmentId} cannot be tiled together.", nameof(record));
    }

    /// <summary>A record that has ended replaces itself ongoing; anything else is a contradiction.</summary>
    static ActivityRecord Merge(ActivityRecord known, ActivityRecord again)
    {
        if (known == again)
            return known;
        var (ongoing, ended) = known.Time.IsOngoing ? (known, again) : (again, known);
        var isItsEnd = ongoing.Time.IsOngoing && ongoing.Time.Start == ended.Time.Start
            && ongoing with { Time = ended.Time } == ended;
        return isItsEnd
            ? ended
            : throw new ArgumentException($"Activity {known.Id} has two contents: {known} and {again}.", nameof(again));
    }
}
