using FluentValidation;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.Web.Problems;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Instructions;

/// <summary>
/// Sends a file for the instruction of an operation: PNG, JPEG, WEBP, PDF, MP4 or WEBM, known by its content, of at most 50 MB.
/// It is shown once a revision of the instruction names it.
/// </summary>
/// <param name="Name">Its name without folders, which ends as files of its type do.</param>
/// <param name="Content">Its bytes, in Base64.</param>
public sealed record AddInstructionFile(string Name, byte[] Content);

sealed class AddInstructionFileValidator : AbstractValidator<AddInstructionFile>
{
    public AddInstructionFileValidator() => RuleFor(file => file.Name).IsFileName();
}

static class AddInstructionFileEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/routings/{code}/operations/{operation}/instruction/files", Handle)
            .Named("addInstructionFile", "Send a file for the instruction of an operation")
            .TakesBodies(BodyLimit.Instruction).RequireAuthorization(Permissions.ManageWorkOrders);

    static async Task<Ok<InstructionFileView>> Handle(
        Code code, Code operation, AddInstructionFile request, WorkOrdersDb db, Caller caller, TimeProvider clock,
        CancellationToken ct)
    {
        await db.HoldStep(code.Value, operation.Value, ct);
        var file = InstructionFile.Of(
            code.Value, operation.Value, request.Name, request.Content, clock.GetUtcNow(), caller.Name);
        db.InstructionFiles.Add(file);
        db.InstructionContents.Add(new InstructionContent { FileId = file.Id, Content = request.Content });
        return TypedResults.Ok(InstructionFileView.Of(file));
    }
}
