using System.Runtime.InteropServices;
using Mes.Tests.Servers;

// Hosts servers for tests until it is told to end: by SIGTERM or SIGINT, or by the end of its standard input, so that
// nothing stays behind when whoever started it is killed.
//   postgres --data DIR [--system DIR] [--cache DIR] [--port N]   the standalone edition's PostgreSQL on that data
//   shared FILE                                                   one PostgreSQL and one RabbitMQ for all suites of a run
var ended = new TaskCompletionSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
_ = Console.OpenStandardInput().CopyToAsync(Stream.Null).ContinueWith(_ => ended.TrySetResult(), TaskScheduler.Default);

return args switch
{
    ["postgres", .. var options] => await PostgresHost.RunAsync(options, ended.Task),
    ["shared", var file] => await SharedServers.RunAsync(file, ended.Task),
    _ => Usage(),
};

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    ended.TrySetResult();
}

static int Usage()
{
    Console.Error.WriteLine("usage: postgres --data DIR [--system DIR] [--cache DIR] [--port N] | shared FILE");
    return 2;
}
