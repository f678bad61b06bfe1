using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Instructions;

/// <summary>A revision of the instruction for an operation of a routing.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Routing">Code of the routing.</param>
/// <param name="Operation">Short name of the operation.</param>
/// <param name="Revision">1 is the first; each change makes the next.</param>
/// <param name="Text">What it says, or empty.</param>
/// <param name="Files">What it shows, in this order.</param>
/// <param name="WrittenAt">When it was written, UTC.</param>
/// <param name="WrittenBy">Name of who wrote it.</param>
/// <param name="IsInForce">Whether operators follow it: it is the last and not empty.</param>
public sealed record InstructionView(
    Guid Id, string Routing, string Operation, int Revision, string Text, IReadOnlyList<InstructionFileView> Files,
    DateTimeOffset WrittenAt, string WrittenBy, bool IsInForce)
{
    internal static async Task<List<InstructionView>> Of(
        IReadOnlyCollection<Instruction> instructions, WorkOrdersDb db, CancellationToken ct)
    {
        var ids = instructions.SelectMany(one => one.Files).Distinct().ToList();
        var files = await db.InstructionFiles.AsNoTracking().Where(file => ids.Contains(file.Id))
            .ToDictionaryAsync(file => file.Id, InstructionFileView.Of, ct);
        var routings = instructions.Select(one => one.Routing).Distinct().ToList();
        var last = await db.Instructions.Where(one => routings.Contains(one.Routing))
            .GroupBy(one => new { one.Routing, one.Operation })
            .Select(of => new { of.Key, Revision = of.Max(one => one.Revision) })
            .ToDictionaryAsync(of => (of.Key.Routing, of.Key.Operation), of => of.Revision, ct);
        return [.. instructions.Select(one => new InstructionView(
            one.Id, one.Routing, one.Operation, one.Revision, one.Text, [.. one.Files.Select(id => files[id])], one.WrittenAt,
            one.WrittenBy, !one.IsEmpty && !(last.GetValueOrDefault((one.Routing, one.Operation)) > one.Revision)))];
    }
}

/// <summary>A file that an instruction shows.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its media type, by its content.</param>
/// <param name="SizeBytes">Its size, bytes.</param>
/// <param name="Sha256">SHA-256 of its content in lower-case hexadecimal digits.</param>
/// <param name="AddedAt">When it was sent, UTC.</param>
/// <param name="AddedBy">Name of who sent it.</param>
public sealed record InstructionFileView(
    Guid Id, string Name, string ContentType, int SizeBytes, string Sha256, DateTimeOffset AddedAt, string AddedBy)
{
    internal static InstructionFileView Of(InstructionFile file) => new(
        file.Id, file.Name, file.ContentType, file.SizeBytes, file.Sha256, file.AddedAt, file.AddedBy);
}
