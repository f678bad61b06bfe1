using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Mes.Web;

/// <summary>A file that is kept, without its content.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Sha256">SHA-256 of its content in hexadecimal digits.</param>
public sealed record KeptFile(string Name, string ContentType, string Sha256)
{
    /// <summary>Whether the address that it is asked for by will always mean this content.</summary>
    public bool IsForever { get; init; }

    /// <summary>Whether our own screens may show it within a page of theirs.</summary>
    public bool IsFramed { get; init; }

    internal EntityTagHeaderValue Tag => new($"\"{Sha256}\"");

    internal bool IsPdf => ContentType == "application/pdf";

    /// <summary>Whether a browser shows it; all else it saves.</summary>
    internal bool IsShown => IsPdf || ContentType.StartsWith("image/", StringComparison.Ordinal)
        || ContentType.StartsWith("video/", StringComparison.Ordinal);
}

/// <summary>
/// Answers with a file as what it is said to be and nothing else: no browser guesses its type, or runs anything that is in it.
/// Who has its content already is told so, and it is not read.
/// </summary>
public sealed class FileAnswer : IResult, IEndpointMetadataProvider
{
    // Where nothing may run browsers do not start their viewer of PDF; it runs the file's scripts in a place of its own
    const string PdfPolicy = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    const string FramedPdfPolicy = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";
    const string Policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    readonly KeptFile _file;
    readonly byte[]? _content;

    FileAnswer(KeptFile file, byte[]? content) => (_file, _content) = (file, content);

    /// <summary>Answers with the file, or that the caller has it.</summary>
    public static async Task<FileAnswer> Of(HttpRequest request, KeptFile file, Func<Task<byte[]>> read)
    {
        var isKnown = request.GetTypedHeaders().IfNoneMatch.Any(
            known => known.Compare(file.Tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any));
        return new FileAnswer(file, isKnown ? null : await read());
    }

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.ETag = _file.Tag.ToString();
        headers.CacheControl = _file.IsForever ? "private, max-age=31536000, immutable" : "private, no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = !_file.IsPdf ? Policy : _file.IsFramed ? FramedPdfPolicy : PdfPolicy;
        if (_file.IsFramed) headers.XFrameOptions = "SAMEORIGIN";
        if (_content is null)
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        var disposition = new ContentDispositionHeaderValue(_file.IsShown ? "inline" : "attachment");
        disposition.SetHttpFileName(_file.Name);
        headers.ContentDisposition = disposition.ToString();
        FileContentHttpResult file = TypedResults.Bytes(_content, _file.ContentType, enableRangeProcessing: true);
        return file.ExecuteAsync(httpContext);
    }

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(
        new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), ["application/octet-stream"]));
}
