using FluentValidation;
using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Handover;

/// <summary>Tells the next shift at a work center something. The command's id becomes the note's; it stays as written.</summary>
/// <param name="WorkCenter">Code of the work center.</param>
/// <param name="Text">The text, up to 4000 characters.</param>
/// <param name="At">When; now where none is given.</param>
/// <param name="DeviceTime">The device's clock when it sent this.</param>
public sealed record WriteHandoverNote(
    string WorkCenter, string Text, DateTimeOffset? At = null, [property: NotContent] DateTimeOffset? DeviceTime = null);

sealed class WriteHandoverNoteValidator : AbstractValidator<WriteHandoverNote>
{
    public WriteHandoverNoteValidator()
    {
        RuleFor(note => note.WorkCenter).IsCode();
        RuleFor(note => note.Text).NotEmpty().WithMessage("Write something.")
            .MaximumLength(HandoverNote.TextMax).WithMessage("Use at most 4000 characters.");
        RuleFor(note => note.At!.Value).IsTime().When(note => note.At is not null);
        RuleFor(note => note.DeviceTime!.Value).IsTime().When(note => note.DeviceTime is not null);
    }
}

static class WriteHandoverNoteEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/handover-notes", Handle).Named("writeHandoverNote", "Tell the next shift something")
            .RequireAuthorization(Permissions.ReportEquipment);

    static async Task<Ok<HandoverNoteView>> Handle(
        WriteHandoverNote request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, EquipmentDb db, Caller caller,
        TimeProvider clock, CancellationToken ct)
    {
        if (!await db.WorkCenters.AnyAsync(center => center.Code == request.WorkCenter, ct))
        {
            throw new RuleViolation("work-center-not-found", "Name a work center that exists.",
                ("workCenter", request.WorkCenter));
        }
        await caller.MustServeCenter(request.WorkCenter, db, ct);
        var note = db.HandoverNotes.Add(new HandoverNote
        {
            Id = commandId, WorkCenter = request.WorkCenter, Text = request.Text, WrittenBy = caller.Name,
            WriterId = caller.PersonId(),
            WrittenAt = DeviceClock.PutRightUntilNow(request.At, request.DeviceTime, clock.GetUtcNow())
        }).Entity;
        return TypedResults.Ok(HandoverNoteView.Of(note));
    }
}
