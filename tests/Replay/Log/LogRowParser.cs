namespace Mes.Replay.Log;

/// <summary>Makes a row of a record's fields.</summary>
static class LogRowParser
{
    /// <summary>The row, or null when a field is in error; every field is looked at.</summary>
    public static LogRow? Parse(LogFields fields, string fileName)
    {
        if (!fields.AreComplete())
            return null;

        var type = Type(fields);
        var row = new LogRow
        {
            ClientId = $"{fileName}:{fields.Line}",
            Line = fields.Line,
            OrderId = fields.Required(LogColumns.OrderId),
            Activity = fields.Required(LogColumns.Activity),
            Equipment = fields.Required(LogColumns.Equipment),
            StartedAt = fields.Instant(LogColumns.StartedAt),
            EndedAt = fields.Instant(LogColumns.EndedAt),
            Span = fields.Text(LogColumns.Span),
            OrderQuantity = fields.PositiveQuantity(LogColumns.OrderQuantity),
            Part = fields.Required(LogColumns.Part),
            Worker = type == ReportType.Breakdown
                ? fields.Text(LogColumns.Worker)
                : fields.Required(LogColumns.Worker),
            Type = type,
            Good = fields.Quantity(LogColumns.Good),
            Rejected = fields.Quantity(LogColumns.Rejected),
            Nonconforming = fields.Quantity(LogColumns.Nonconforming),
            Rework = Rework(fields),
        };
        if (fields.AreSound && row.Duration < TimeSpan.Zero)
            fields.Add(LogColumns.EndedAt, fields.Text(LogColumns.EndedAt),
                $"lies before the start {row.StartedAt:yyyy/MM/dd HH:mm:ss}");
        return fields.AreSound ? row : null;
    }

    static ReportType Type(LogFields fields)
    {
        switch (fields.Text(LogColumns.Type).ToUpperInvariant())
        {
            case "D": return ReportType.Run;
            case "S": return ReportType.Setup;
            case "B": return ReportType.Breakdown;
            default:
                fields.Add(LogColumns.Type, fields.Text(LogColumns.Type),
                    "must be D (run), S (setup) or B (breakdown)");
                return default;
        }
    }

    static bool Rework(LogFields fields)
    {
        var text = fields.Text(LogColumns.Rework).ToUpperInvariant();
        if (text is not ("" or "Y" or "N"))
            fields.Add(LogColumns.Rework, text, "must be Y, N or empty");
        return text == "Y";
    }
}
