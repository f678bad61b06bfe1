using Mes.Scheduling.Engine.Compiled;

namespace Mes.Scheduling.Engine.Search;

/// <summary>Setup seconds between the alternatives of one machine: all matrices in one array, each with a column of
/// zeros for what has no family, and one row of zeros for all of them, so that a look-up asks nothing.</summary>
sealed class SetupLookup
{
    readonly int[] _row, _column, _initial, _seconds;

    SetupLookup(CompiledModel model)
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
        var (machine, family) = (model.AlternativeEquipment, model.AlternativeFamily);
        var alternatives = Enumerable.Range(0, family.Length).ToArray();
        _row = Array.ConvertAll(alternatives, a => Row(machine[a], family[a]));
        _column = Array.ConvertAll(alternatives, a => Column(machine[a], family[a]));
        _initial = Array.ConvertAll(alternatives, a => _seconds[_column[a]
            + Row(machine[a], model.EquipmentInitialFamily[machine[a]])]);

        int Row(int on, int from) => from < 0 || model.EquipmentSetup[on] is not { } table ? 0
            : start[table] + from * (table.Size + 1);

        int Column(int on, int to) => model.EquipmentSetup[on] is not { } table ? 0 : to < 0 ? table.Size : to;
    }

    /// <summary>The setups of a model, or null if no equipment has any.</summary>
    public static SetupLookup? TryCreate(CompiledModel model) =>
        model.EquipmentSetup.Any(table => table is not null) ? new SetupLookup(model) : null;

    /// <summary>Setup of an alternative behind another one of the same machine.</summary>
    public int Between(int from, int to) => _seconds[_row[from] + _column[to]];

    /// <summary>Setup of an alternative that comes first on its machine.</summary>
    public int Initial(int alternative) => _initial[alternative];
}
