using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using Mes.Scheduling.Files;

namespace Mes.Scheduling.Cli;

/// <summary>Writes better plans as JSON lines while the search goes on: each verified, the newest first, those that
/// were passed meanwhile left out.</summary>
sealed class PlanStream : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    readonly SchedulingModel _model;
    readonly Session _session;
    readonly SemaphoreSlim _news = new(0);
    readonly CancellationTokenSource _end = new();
    readonly Thread _writer;
    SearchProgress? _latest;

    public PlanStream(SchedulingModel model, Session session)
    {
        (_model, _session) = (model, session);
        _writer = new Thread(Write) { IsBackground = true };
        _writer.Start();
    }

    /// <summary>A better plan was found.</summary>
    public void Offer(SearchProgress progress)
    {
        if (Interlocked.Exchange(ref _latest, progress) is null) _news.Release();
    }

    public void Dispose()
    {
        _end.Cancel();
        _writer.Join();
        _end.Dispose();
        _news.Dispose();
    }

    void Write()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _news.Wait(_end.Token);
            }
            catch (OperationCanceledException)
            {
                return; // the last plan is written by the command itself
            }
            var plan = Interlocked.Exchange(ref _latest, null)!.Plan();
            var isFeasible = PlanVerifier.Verify(_model, plan).Count == 0;
            _session.Output.WriteLine(FoundPlan.Write(_model, plan, _session.Elapsed, isFeasible));
            _session.Output.Flush();
            _end.Token.WaitHandle.WaitOne(Pause);
        }
    }
}

/// <summary>Cancels when a parent process closes this process's input, from the first plan on: so that there is
/// one.</summary>
sealed class ParentWatch(Session session)
{
    readonly CancellationTokenSource _closed = CancellationTokenSource.CreateLinkedTokenSource(session.Cancel);
    bool _isStarted;

    public CancellationToken Token => _closed.Token;

    public void Start()
    {
        if (_isStarted) return;
        _isStarted = true;
        new Thread(() => WaitForEnd(session.Input)) { IsBackground = true }.Start();
    }

    void WaitForEnd(TextReader input)
    {
        while (input.ReadLine() is not null) { }
        _closed.Cancel();
    }
}
