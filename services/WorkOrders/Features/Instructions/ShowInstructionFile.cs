using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Instructions;

static class ShowInstructionFileEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/instructions/files/{fileId:guid}", Handle)
            .Named("showInstructionFile", "Read a file of an instruction").RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>The file itself, which never changes: it need not be asked for again. A part of it can be asked for.</summary>
    static async Task<FileAnswer> Handle(Guid fileId, int? seat, WorkOrdersDb db, HttpRequest request, CancellationToken ct)
    {
        _ = seat; // the gateway has read it
        var file = await db.InstructionFiles.AsNoTracking().SingleOrDefaultAsync(one => one.Id == fileId, ct)
            ?? throw RuleViolation.NotFound("instruction-file", fileId, "fileId");
        var kept = new KeptFile(file.Name, file.ContentType, file.Sha256) { IsForever = true, IsFramed = true };
        return await FileAnswer.Of(request, kept, () => db.InstructionContents
            .Where(content => content.FileId == fileId).Select(content => content.Content).SingleAsync(ct));
    }
}
