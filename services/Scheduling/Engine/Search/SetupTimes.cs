namespace Mes.Scheduling.Engine;

/// <summary>Setup seconds between the alternatives of one machine: all matrices in one array, each with a column of
/// zeros for what has no family, and one row of zeros for all of them, so that a look-up asks nothing.</summary>
sealed class SetupTimes
{
    readonly int[] _row, _column, _initial, _seconds;

    SetupTimes(CompiledModel model)
    {
        var tables = model.EquipmentSetup.OfType<SetupTable>().Distinct().ToArray();
        var start = new Dictionary<SetupTable, int>();
        var size = tables.Max(table => table.Size) + 1; // the row of zeros
        foreach (var table in tables)
        {
            start.Add(table, size);
            size += table.Size * (table.Size + 1);
        }
        _seconds = new int[size];
        foreach (var (table, at) in start)
            for (var row = 0; row < table.Size; row++)
                table.Seconds.AsSpan(row * table.Size, table.Size).CopyTo(_seconds.AsSpan(at + row * (table.Size + 1)));
        var alternatives = Enumerable.Range(0, model.AlternativeFamily.Length).ToArray();
        _row = Array.ConvertAll(alternatives, a => Row(model.AlternativeEquipment[a], model.AlternativeFamily[a]));
        _column = Array.ConvertAll(alternatives, a => Column(model.AlternativeEquipment[a], model.AlternativeFamily[a]));
        _initial = Array.ConvertAll(alternatives, a => _seconds[_column[a]
            + Row(model.AlternativeEquipment[a], model.EquipmentInitialFamily[model.AlternativeEquipment[a]])]);

        int Row(int machine, int family) => family < 0 || model.EquipmentSetup[machine] is not { } table ? 0
            : start[table] + family * (table.Size + 1);

        int Column(int machine, int family) => model.EquipmentSetup[machine] is not { } table ? 0
            : family < 0 ? table.Size : family;
    }

    /// <summary>The setups of a model, or null if no equipment has any.</summary>
    public static SetupTimes? TryCreate(CompiledModel model) =>
        model.EquipmentSetup.Any(table => table is not null) ? new SetupTimes(model) : null;

    /// <summary>Setup of an alternative behind another one of the same machine.</summary>
    public int Between(int from, int to) => _seconds[_row[from] + _column[to]];

    /// <summary>Setup of an alternative that comes first on its machine.</summary>
    public int Initial(int alternative) => _initial[alternative];
}
