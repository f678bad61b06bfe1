using System.Runtime.CompilerServices;
using Xunit;

namespace Mes.Tests.Support;

/// <summary>A test that needs a RabbitMQ node; skipped, with how to get one, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RabbitMqFactAttribute : FactAttribute
{
    /// <summary>Marks the test.</summary>
    public RabbitMqFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = RabbitMqNode.Missing;
        SkipType = typeof(RabbitMqNode);
        SkipUnless = nameof(RabbitMqNode.IsAvailable);
    }
}
