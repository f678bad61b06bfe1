using Microsoft.AspNetCore.Builder;

namespace Mes.Web.Commands;

/// <summary>
/// Says of a changing endpoint that it is no command: its request is validated like one, but it has no id, and commits by
/// itself. For what strangers ask, who have no scope of ids, and for what is a matter of the caller's own cookie.
/// </summary>
public sealed class NoCommand
{
    NoCommand()
    {
    }

    internal static NoCommand Mark { get; } = new();
}

/// <summary>Marks endpoints as no commands.</summary>
public static class NoCommandExtensions
{
    /// <summary>See <see cref="NoCommand"/>.</summary>
    public static TBuilder IsNoCommand<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(NoCommand.Mark);
}
