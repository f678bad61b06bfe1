namespace Mes.Replay.Log;

/// <summary>The header names of the layout. Their order in a file is free; other columns are ignored.</summary>
static class LogColumns
{
    public const string OrderId = "Case ID";
    public const string Activity = "Activity";
    public const string Equipment = "Resource";
    public const string StartedAt = "Start Timestamp";
    public const string EndedAt = "Complete Timestamp";
    public const string Span = "Span";
    public const string OrderQuantity = "Work Order Qty";
    public const string Part = "Part Desc.";
    public const string Worker = "Worker ID";
    public const string Type = "Report Type";
    public const string Good = "Qty Completed";
    public const string Rejected = "Qty Rejected";
    public const string Nonconforming = "Qty for MRB";
    public const string Rework = "Rework";

    static readonly string[] All =
    [
        OrderId, Activity, Equipment, StartedAt, EndedAt, Span, OrderQuantity,
        Part, Worker, Type, Good, Rejected, Nonconforming, Rework,
    ];

    /// <summary>Finds the place of each column in a header; reports missing and repeated ones.</summary>
    public static Dictionary<string, int> Locate(IReadOnlyList<string> header, ICollection<LogError> errors)
    {
        var names = header.Select(LogText.Normalize).ToList();
        foreach (var column in All.Where(column => names.Count(name => Same(name, column)) != 1))
            errors.Add(new LogError(1, column, string.Join(',', header),
                $"the header must name '{column}' exactly once; columns are separated by commas"));

        return All.ToDictionary(column => column, column => names.FindIndex(name => Same(name, column)));
    }

    static bool Same(string name, string column) => name.Equals(column, StringComparison.OrdinalIgnoreCase);
}
