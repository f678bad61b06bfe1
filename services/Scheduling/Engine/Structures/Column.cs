namespace Mes.Scheduling.Engine.Structures;

/// <summary>One field of rows that lie in memory row by row. Who goes from one operation to another at random then waits
/// for memory once per operation, not once per field.</summary>
/// <param name="rows">The rows, <see cref="Stride"/> numbers each.</param>
/// <param name="field">Which of them.</param>
readonly struct Column(int[] rows, int field)
{
    const int StrideBits = 3;

    /// <summary>Numbers per row: half a cache line.</summary>
    public const int Stride = 1 << StrideBits;

    public int this[int row]
    {
        get => rows[(row << StrideBits) + field];
        set => rows[(row << StrideBits) + field] = value;
    }

    /// <summary>Writes the same into every row.</summary>
    public void Fill(int value)
    {
        for (var i = field; i < rows.Length; i += Stride) rows[i] = value;
    }

    /// <summary>The field of every row.</summary>
    public int[] ToArray()
    {
        var values = new int[rows.Length / Stride];
        for (var row = 0; row < values.Length; row++) values[row] = this[row];
        return values;
    }
}
