using System.Diagnostics;
using System.Globalization;

/// <summary>
/// Loaded into a process by <c>DOTNET_STARTUP_HOOKS</c>: kills it (SIGKILL) when it has reached a point of the messaging code
/// so many times since the file that <c>MES_KILL_AT</c> names told it to: <c>process:point:times</c>. The runtime wants the
/// class in the global namespace.
/// </summary>
#pragma warning disable CA1050 // the runtime's rule, see above
public static class StartupHook
#pragma warning restore CA1050
{
    const string Source = "Mes.Messaging";

    /// <summary>Called by the runtime before the program's own entry point.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("MES_KILL_AT") is { } file)
        {
            DiagnosticListener.AllListeners.Subscribe(new Sources(new Killer(file)));
        }
    }

    sealed class Sources(Killer killer) : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == Source)
            {
                value.Subscribe(killer, (name, _, _) => killer.WaitsFor(name));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    sealed class Killer(string file) : IObserver<KeyValuePair<string, object?>>
    {
        sealed record Order(string Point, int Times);

        volatile Order? _order;
        int _reached;

        public bool WaitsFor(string point) => (_order ??= Read())?.Point == point;

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (Interlocked.Increment(ref _reached) == _order!.Times)
            {
                using var self = Process.GetCurrentProcess();
                self.Kill();        // SIGKILL: nothing is flushed, closed or rolled back
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        // What was meant for another process, such as the one that died of it, is none of this one's.
        Order? Read() => File.Exists(file) && File.ReadAllText(file).Split(':') is [var process, var point, var times]
            && process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture)
            ? new Order(point, int.Parse(times, CultureInfo.InvariantCulture)) : null;
    }
}
