namespace Mes.Kernel;

/// <summary>
/// Entities that are themselves a trail, or bookkeeping, or the bytes of a file of which another entity tells, and so leave
/// none; of a property, such as a password's hash or a picture's bytes, the trail tells that it changed and hides the value.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class NotAuditedAttribute : Attribute;
