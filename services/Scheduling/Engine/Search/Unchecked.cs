using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mes.Scheduling.Engine.Search;

/// <summary>For the loops that run over all operations at every move: elements without the test of the index, and
/// maxima without a branch that no processor can predict. Whoever uses it has the index from the shop itself.</summary>
static class Unchecked
{
    /// <summary>The first element.</summary>
    public static ref int First(int[] array) => ref MemoryMarshal.GetArrayDataReference(array);

    /// <summary>An element whose index is surely inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref int At(ref int first, int index) => ref Unsafe.Add(ref first, (nint)(uint)index);

    /// <summary>A number in a vector register, where a maximum is one instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(ref int first, int index) =>
        Vector128.CreateScalarUnsafe(At(ref first, index));
}
