namespace Mes.Scheduling.Cli;

/// <summary>Processor time of this process, shared evenly among its workers. On a machine that does other work too, a
/// search limited by it gets as far as one limited by wall time on an idle machine.</summary>
sealed class ProcessorClock(int workers) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks / workers;
}
