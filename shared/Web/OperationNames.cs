using Microsoft.AspNetCore.Builder;

namespace Mes.Web;

/// <summary>What an operation is called in the description of the API. (A route's name would have to be unique in the
/// process, where the standalone edition has all services.)</summary>
/// <param name="Id">camelCase verb and noun, unique in its document: generated clients name their functions so.</param>
/// <param name="Summary">What it does, in a line.</param>
public sealed record OperationName(string Id, string Summary);

/// <summary>Names operations.</summary>
public static class OperationNames
{
    /// <summary>Names an endpoint for the description of the API.</summary>
    public static TBuilder Named<TBuilder>(this TBuilder endpoint, string id, string summary)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OperationName(id, summary));
}
