using System.Diagnostics;
using System.Runtime.InteropServices;
using Mes.Scheduling.Cli;

using var cancel = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var process = Process.GetCurrentProcess();
var spent = TimeProvider.System.GetUtcNow() - process.StartTime.ToUniversalTime();
return CommandLine.Run(args, new Session(Console.In, Console.Out, Console.Error, spent, cancel.Token));

void Stop(PosixSignalContext context)
{
    context.Cancel = !cancel.IsCancellationRequested; // the second signal ends the process as it is
    cancel.Cancel();
}
