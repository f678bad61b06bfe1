namespace Mes.Kernel;

/// <summary>
/// Entities that are themselves a trail, or bookkeeping, and so leave none; of a property, such as a password's hash, the
/// trail tells that it changed and hides the value.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class NotAuditedAttribute : Attribute;
