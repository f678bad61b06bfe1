using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Plans;

/// <summary>A place for an operation: alternative, the operation before it on the equipment (−1: none), and
/// times.</summary>
readonly record struct Slot(int Alternative, int After, int SetupStart, int Start, int End)
{
    public static Slot None { get; } = new(-1, -1, ModelTime.Never, ModelTime.Never, ModelTime.Never);

    public bool Exists => Start != ModelTime.Never;
}
