using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Instructions;

/// <summary>
/// Writes the instruction of an operation. Each change is the next revision, which is in force at once for all revisions of the
/// routing; an empty one says that there is no instruction any more.
/// </summary>
/// <param name="Text">What is to be done, up to 20,000 characters.</param>
/// <param name="Files">Ids of the files to show, in this order, at most 20; they are sent before.</param>
public sealed record WriteInstruction(string Text, IReadOnlyList<Guid>? Files = null);

sealed class WriteInstructionValidator : AbstractValidator<WriteInstruction>
{
    public WriteInstructionValidator()
    {
        RuleFor(instruction => instruction.Text).MaximumLength(Instruction.TextMax)
            .WithMessage("Use at most 20000 characters.");
        RuleFor(instruction => instruction.Files).Must(files => files is null || files.Count <= Instruction.FilesMax)
            .WithMessage("Show at most 20 files.").Must(files => files is null || files.Distinct().Count() == files.Count)
            .WithMessage("Show each file once.");
    }
}

static class WriteInstructionEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/routings/{code}/operations/{operation}/instruction", Handle)
            .Named("writeInstruction", "Write the instruction of an operation")
            .RequireAuthorization(Permissions.ManageWorkOrders);

    static async Task<Ok<InstructionView>> Handle(
        Code code, Code operation, WriteInstruction request, WorkOrdersDb db, Caller caller, TimeProvider clock,
        CancellationToken ct)
    {
        await db.HoldStep(code.Value, operation.Value, ct);
        var files = request.Files ?? [];
        var known = await db.InstructionFiles.Where(
                file => files.Contains(file.Id) && file.Routing == code && file.Operation == operation)
            .Select(file => file.Id).ToListAsync(ct);
        if (files.Except(known).FirstOrDefault() is var missing && missing != default)
        {
            throw new RuleViolation("instruction-file-not-found", "Send the file for this operation first.",
                ("fileId", missing));
        }
        var last = await db.Instructions.Where(one => one.Routing == code && one.Operation == operation)
            .OrderByDescending(one => one.Revision).FirstOrDefaultAsync(ct);
        var written = Instruction.Write(
            last, code.Value, operation.Value, request.Text.Trim(), files, clock.GetUtcNow(), caller.Name);
        if (written != last) db.Instructions.Add(written);
        return TypedResults.Ok((await InstructionView.Of([written], db, ct))[0]);
    }
}
