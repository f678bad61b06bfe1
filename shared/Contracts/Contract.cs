namespace Mes.Contracts;

/// <summary>
/// Says of a contract how a consumer must apply it and which queues receive it. The queues are declared by publishers as well as
/// by consumers, so that a message published before its consumer was ever started waits for it instead of being dropped.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class ContractAttribute(params string[] consumers) : Attribute
{
    /// <summary>Names of the consumers' queues, <c>service-verb</c>.</summary>
    public IReadOnlyList<string> Consumers { get; } = consumers;
}

/// <summary>A delta: applied once by its message id, commutative, never dropped for its version.</summary>
public sealed class FactAttribute(params string[] consumers) : ContractAttribute(consumers);

/// <summary>A full snapshot of one aggregate: applied if its <c>Version</c> is newer than the one applied before.</summary>
public sealed class StateAttribute(params string[] consumers) : ContractAttribute(consumers);
