namespace Mes.Faults.Tests.Load;

/// <summary>What a command does.</summary>
public enum CommandKind
{
    Report, Undo, StartWork, PauseWork, ResumeWork, FinishWork, Downtime, Receipt, Issue, Hold, Release, CreateOrder, CloseOrder
}

/// <summary>A changing request: under its id it must be applied once, however often it is sent.</summary>
/// <param name="Id">Sent as Idempotency-Key.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Path">Path under /api/.</param>
/// <param name="Body">Sent as JSON.</param>
/// <param name="Effect">What it must come to, for the model.</param>
public sealed record Command(Guid Id, CommandKind Kind, string Path, object Body, object Effect)
{
    /// <summary>PUT where the plant names what it makes.</summary>
    public HttpMethod Method => Kind == CommandKind.CreateOrder ? HttpMethod.Put : HttpMethod.Post;

    /// <summary>The service whose database it changes.</summary>
    public string Database => Kind switch
    {
        CommandKind.Downtime => "equipment",
        CommandKind.Receipt or CommandKind.Issue => "inventory",
        CommandKind.Hold or CommandKind.Release => "quality",
        _ => "workorders"
    };
}

/// <summary>Work on an operation.</summary>
public sealed record Reported(
    PlantOperation Operation, string Equipment, bool IsSetup, decimal Minutes, decimal Good, decimal Scrap,
    decimal Nonconforming, decimal Consumed);

/// <summary>Work that goes on from then, of which nothing is reported yet.</summary>
public sealed record Begun;

/// <summary>The undoing of a report.</summary>
public sealed record Undone(Guid Report);

/// <summary>A downtime that is over.</summary>
public sealed record Stopped(string Equipment, decimal Minutes);

/// <summary>Blanks that came in, or were handed out to an order.</summary>
public sealed record Moved(string Lot, decimal Quantity, string? Order);

/// <summary>A hold of a lot; the answer to it names the hold.</summary>
public sealed record Held(string Lot);

/// <summary>The release of the hold that a command placed.</summary>
public sealed record Released(Guid HoldCommand);

/// <summary>A new order.</summary>
public sealed record Ordered(string Number);

/// <summary>An order's end.</summary>
public sealed record Closed(string Number);

/// <summary>An answer; no status where none came.</summary>
public readonly record struct Answer(int? Status, string Body)
{
    /// <summary>The command was applied, now or before.</summary>
    public bool IsAcknowledged => Status is >= 200 and < 300;

    /// <summary>The command was judged and refused: it has no effect.</summary>
    public bool IsRefused => Status is >= 400 and < 500 and not (408 or 429);
}
