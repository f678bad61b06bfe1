namespace Mes.Faults.Tests.Load;

/// <summary>
/// Work of one operator on one operation at one machine, command by command: setup, a run with reports and pauses, an end.
/// Each comes after the one before is acknowledged. What the time and pieces come to is noted as their effect.
/// </summary>
sealed class WorkLane(PlantOperation operation, string machine, Guid signOn, Random random)
{
    // Recent, so that no rule ends what is left behind when something is killed
    DateTimeOffset _at = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(12);
    DateTimeOffset _reportedUntil;
    Guid _work;
    int _steps = random.Next(3, 16);
    bool _isSetup;
    bool _rests;

    public bool IsOver { get; private set; }

    /// <summary>What the operator does next.</summary>
    public Command Next()
    {
        if (_work == default) return Start(isSetup: random.Next(2) == 0);
        _at += TimeSpan.FromSeconds(6 * random.Next(1, 6));
        if (_isSetup) return Start(isSetup: false);
        if (_rests) return Resume();
        if (--_steps > 0)
        {
            return random.Next(3) > 0 ? Report() : Stretch(CommandKind.PauseWork, "pause", new { reason = "rest", at = _at });
        }
        IsOver = true;
        return Stretch(CommandKind.FinishWork, "finish", new { at = _at });
    }

    /// <summary>The run's start ends the setup, whose report has its id.</summary>
    Command Start(bool isSetup)
    {
        var id = Guid.NewGuid();
        object effect = _work == default ? new Begun() : Worked(isSetup: true, good: 0);
        (_work, _isSetup, _reportedUntil) = (id, isSetup, _at);
        return new Command(id, CommandKind.StartWork, $"work-orders/operations/{operation.Id}/work",
            new { signOnId = signOn, equipment = machine, activity = isSetup ? "Setup" : "Run", at = _at }, effect);
    }

    Command Report()
    {
        var good = random.Next(0, 4);
        return new Command(Guid.NewGuid(), CommandKind.Report, $"work-orders/operations/{operation.Id}/reports",
            new { workId = _work, endedAt = _at, good }, Worked(isSetup: false, good));
    }

    /// <summary>It stops, and the time since the last report is reported under the command's id.</summary>
    Command Stretch(CommandKind kind, string verb, object body)
    {
        _rests = kind == CommandKind.PauseWork;
        return new Command(Guid.NewGuid(), kind, $"work-orders/work/{_work}/{verb}", body, Worked(isSetup: false, good: 0));
    }

    Command Resume()
    {
        (_rests, _reportedUntil) = (false, _at);
        return new Command(
            Guid.NewGuid(), CommandKind.ResumeWork, $"work-orders/work/{_work}/resume", new { at = _at }, new Begun());
    }

    Reported Worked(bool isSetup, int good)
    {
        var minutes = (decimal)(_at - _reportedUntil).TotalMinutes;
        _reportedUntil = _at;
        return new Reported(operation, machine, isSetup, minutes, good, 0, 0, 0);
    }
}
