using Mes.Kernel;

namespace Mes.Equipment.Domain;

/// <summary>A stop of an equipment as the floor reported it. Several may overlap; the timeline tiles them.</summary>
public sealed class Downtime
{
    /// <summary>How long the floor may withdraw a stop: a shift and its handover, as for a report.</summary>
    public static readonly TimeSpan WithdrawalWindow = TimeSpan.FromHours(12);

    readonly List<DowntimePart> _parts = [];

    /// <summary>Id of the command that reported it, and of its record in the timeline.</summary>
    public Guid Id { get; init; }

    /// <summary>Code of the unit that stood.</summary>
    public required string Equipment { get; init; }

    /// <summary>First instant of the stop; UTC, whole microseconds.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it is ongoing.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When the equipment is expected back, or null where nobody knows.</summary>
    public DateTimeOffset? ExpectedUpAt { get; init; }

    /// <summary>Code of the operator whose work it was, or null where none is named.</summary>
    public string? Operator { get; init; }

    /// <summary>Number of the order that was worked on, or null where none is named.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Code of that order's operation, or null where none is named.</summary>
    public string? OperationCode { get; init; }

    /// <summary>When it was reported, UTC.</summary>
    public DateTimeOffset ReportedAt { get; init; }

    /// <summary>Who took it back and why, or null while it counts.</summary>
    public DowntimeWithdrawal? Withdrawal { get; private set; }

    /// <summary>Its reasons over time, at least one part, in no particular order.</summary>
    public IReadOnlyCollection<DowntimePart> Parts => _parts;

    /// <summary>Start and end.</summary>
    public TimeRange Time => new(StartedAt, EndedAt);

    /// <summary>The reason of what lasts now, or lasted at the end.</summary>
    public string? LastReason => _parts.MaxBy(part => part.FromAt)?.Reason;

    /// <summary>The reason of its longest part.</summary>
    /// <exception cref="InvalidOperationException">It is ongoing.</exception>
    public string? MainReason => PartTimes().MaxBy(part => part.Time.Length).Reason;

    /// <summary>What it says of the timeline; of a withdrawn one, the counter-record.</summary>
    public ActivityRecord Record =>
        new(Id, Equipment, EquipmentState.Breakdown, Time, SourceReportId: Id, IsReversed: Withdrawal is not null);

    /// <summary>Records the first part: the reason as it was reported, null while nobody knows.</summary>
    public Downtime Because(string? reason)
    {
        _parts.Add(new DowntimePart { DowntimeId = Id, FromAt = StartedAt }.Because(reason));
        return this;
    }

    /// <summary>Ends it.</summary>
    /// <param name="endedAt">When; any offset.</param>
    /// <param name="now">Server time.</param>
    /// <exception cref="RuleViolation">
    /// It has ended at another time already, or the end lies before the start, before a split, or in the future.
    /// </exception>
    public Downtime End(DateTimeOffset endedAt, DateTimeOffset now)
    {
        RequireInForce();
        if (EndedAt is { } known)
            throw RuleViolation.Conflict("downtime-ended-already", "It has ended; nothing is left to end.",
                ("downtimeId", Id), ("endedAt", known));
        RequirePast(endedAt, now, "endedAt");
        var notBefore = _parts.Max(part => part.FromAt);
        if (endedAt < StartedAt || (endedAt <= notBefore && notBefore > StartedAt))
            throw new RuleViolation("downtime-ends-too-early", "Give an end that is not before its start and splits.",
                ("endedAt", endedAt), ("notBefore", notBefore));
        EndedAt = new TimeRange(endedAt, null).Start;
        return this;
    }

    /// <summary>Gives the stop a reason, or only what lies after a split of it.</summary>
    /// <param name="reason">Code of a leaf of the reason tree.</param>
    /// <param name="splitAt">
    /// Null: the whole stop has this reason. Else the part in which this instant lies is cut there, and has it from
    /// there on.
    /// </param>
    /// <param name="now">Server time.</param>
    /// <exception cref="RuleViolation">The instant lies outside the stop or in the future.</exception>
    public void Classify(string reason, DateTimeOffset? splitAt, DateTimeOffset now)
    {
        RequireInForce();
        if (splitAt is { } cut)
            Split(new TimeRange(cut, null).Start, reason, now);
        else
            ClassifyWhole(reason);
    }

    /// <summary>Takes it back by a counter-entry: what was reported stays as it was, and counts for nothing.</summary>
    /// <param name="id">Id of the counter-entry.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">Server time.</param>
    /// <param name="mayAtAnyTime">Whether it may be taken back however long ago it was reported.</param>
    /// <exception cref="RuleViolation">It was withdrawn before, or was reported too long ago.</exception>
    public void Withdraw(Guid id, string reason, DateTimeOffset now, bool mayAtAnyTime)
    {
        RequireInForce();
        if (now - ReportedAt > WithdrawalWindow && !mayAtAnyTime)
            throw new RuleViolation("undo-window-over",
                $"A stop may be withdrawn for {WithdrawalWindow.TotalHours} hours. Ask a foreman to do it now.",
                ("downtimeId", Id), ("reportedAt", ReportedAt));
        Withdrawal = new DowntimeWithdrawal { Id = id, DowntimeId = Id, Reason = reason, WithdrawnAt = now };
    }

    /// <summary>Its parts by time, each until the next one.</summary>
    public IEnumerable<(TimeRange Time, string? Reason)> PartTimes()
    {
        var byTime = _parts.OrderBy(part => part.FromAt).ToArray();
        return byTime.Select((part, index) => (
            new TimeRange(part.FromAt, index + 1 < byTime.Length ? byTime[index + 1].FromAt : EndedAt), part.Reason));
    }

    /// <summary>
    /// Refuses an instant that the server's clock has not reached, but for the skew of a device's clock.
    /// </summary>
    /// <exception cref="RuleViolation">It lies in the future.</exception>
    public static void RequirePast(DateTimeOffset instant, DateTimeOffset now, string field)
    {
        if (DeviceClock.IsInFuture(instant, now))
            throw new RuleViolation("in-the-future", "Report what has happened; check the clock of the device.",
                (field, instant), ("serverTime", now));
    }

    void RequireInForce()
    {
        if (Withdrawal is { } withdrawn)
            throw RuleViolation.Conflict("downtime-withdrawn", "It was withdrawn. Report the stop again as it was.",
                ("downtimeId", Id), ("withdrawnAt", withdrawn.WithdrawnAt));
    }

    void Split(DateTimeOffset cut, string reason, DateTimeOffset now)
    {
        RequirePast(cut, now, "splitAt");
        if (cut < StartedAt || cut >= (EndedAt ?? DateTimeOffset.MaxValue))
            throw new RuleViolation("split-outside-downtime", "Split at an instant after its start and before its end.",
                ("splitAt", cut), ("startedAt", StartedAt), ("endedAt", EndedAt));
        if (_parts.Find(part => part.FromAt == cut) is { } there)
            there.Because(reason);
        else
            _parts.Add(new DowntimePart { DowntimeId = Id, FromAt = cut }.Because(reason));
    }

    void ClassifyWhole(string reason)
    {
        _parts.RemoveAll(part => part.FromAt > StartedAt);
        _parts[0].Because(reason);
    }
}

/// <summary>A stretch of a downtime that has one reason: from its start until the next part's.</summary>
public sealed class DowntimePart
{
    /// <summary>The stop that it is a part of.</summary>
    public Guid DowntimeId { get; init; }

    /// <summary>First instant of the part, unique in its stop; the first part begins with the stop.</summary>
    public DateTimeOffset FromAt { get; init; }

    /// <summary>Code of the reason, null while unclassified.</summary>
    public string? Reason { get; private set; }

    /// <summary>Gives it another reason, or takes it away.</summary>
    internal DowntimePart Because(string? reason)
    {
        Reason = reason;
        return this;
    }
}

/// <summary>The counter-entry of a downtime that was reported by mistake.</summary>
public sealed class DowntimeWithdrawal
{
    /// <summary>Id of the command that withdrew it.</summary>
    public Guid Id { get; init; }

    /// <summary>The stop that counts for nothing.</summary>
    public Guid DowntimeId { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset WithdrawnAt { get; init; }
}
