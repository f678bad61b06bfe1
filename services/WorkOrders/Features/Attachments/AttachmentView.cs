using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Attachments;

/// <summary>A file attached to an order.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its media type, by its content.</param>
/// <param name="SizeBytes">Its size, bytes.</param>
/// <param name="Sha256">SHA-256 of its content in lower-case hexadecimal digits.</param>
/// <param name="AddedAt">When it was attached, UTC.</param>
/// <param name="AddedBy">Name of who attached it.</param>
/// <param name="RemovedAt">When it was removed, UTC; null while it is there.</param>
/// <param name="RemovedBy">Name of who removed it.</param>
public sealed record AttachmentView(
    Guid Id, string Name, string ContentType, int SizeBytes, string Sha256, DateTimeOffset AddedAt, string AddedBy,
    DateTimeOffset? RemovedAt, string? RemovedBy)
{
    internal static AttachmentView Of(OrderAttachment file) => new(
        file.Id, file.Name, file.ContentType, file.SizeBytes, file.Sha256, file.AddedAt, file.AddedBy,
        file.RemovedAt, file.RemovedBy);
}
