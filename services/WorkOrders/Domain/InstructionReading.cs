namespace Mes.WorkOrders.Domain;

/// <summary>What an operator did with an instruction.</summary>
public enum Reading
{
    /// <summary>It was shown to them.</summary>
    Shown,
    /// <summary>They said that they have understood it.</summary>
    Understood,
    /// <summary>They signed it with their PIN.</summary>
    Signed
}

/// <summary>
/// Which revision of an instruction was shown to whom for which operation of an order, and what they said to it; the first time
/// of each.
/// </summary>
public sealed class InstructionReading
{
    /// <summary>Identity: the id that the client gave the command.</summary>
    public Guid Id { get; init; }

    /// <summary>The order.</summary>
    public Guid OrderId { get; init; }

    /// <summary>The order's operation.</summary>
    public Guid OperationId { get; init; }

    /// <summary>Code of the routing.</summary>
    public required string Routing { get; init; }

    /// <summary>Short name of the operation.</summary>
    public required string Operation { get; init; }

    /// <summary>The revision of its instruction.</summary>
    public int Revision { get; init; }

    /// <summary>Code of the operator.</summary>
    public required string Operator { get; init; }

    /// <summary>What they did.</summary>
    public Reading Reading { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What an operator signs who signs a revision for an operation of an order.</summary>
    public static string SubjectOf(Guid operationId, int revision) => $"instruction {operationId} {revision}";
}
