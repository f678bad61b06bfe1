using System.Diagnostics;
using System.Globalization;

/// <summary>
/// Loaded into a process by <c>DOTNET_STARTUP_HOOKS</c>: kills it (SIGKILL) when it reaches the point of the messaging code
/// that <c>MES_KILL_AT=point:n</c> names for the n-th time. The runtime wants the class in the global namespace.
/// </summary>
#pragma warning disable CA1050 // the runtime's rule, see above
public static class StartupHook
#pragma warning restore CA1050
{
    const string Source = "Mes.Messaging";

    /// <summary>Called by the runtime before the program's own entry point.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("MES_KILL_AT")?.Split(':') is [var point, var times])
        {
            DiagnosticListener.AllListeners.Subscribe(
                new Sources(new Killer(point, int.Parse(times, CultureInfo.InvariantCulture))));
        }
    }

    sealed class Sources(Killer killer) : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == Source)
            {
                value.Subscribe(killer, (name, _, _) => name == killer.Point);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    sealed class Killer(string point, int times) : IObserver<KeyValuePair<string, object?>>
    {
        int _reached;

        public string Point => point;

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (Interlocked.Increment(ref _reached) == times)
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
    }
}
