using FluentValidation;
using Mes.Equipment.Data;
using Mes.Kernel;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Handover;

/// <summary>The next shift knows of a note.</summary>
/// <param name="At">When; now where none is given.</param>
/// <param name="DeviceTime">The device's clock when it sent this.</param>
public sealed record AcknowledgeHandoverNote(
    DateTimeOffset? At = null, [property: NotContent] DateTimeOffset? DeviceTime = null);

sealed class AcknowledgeHandoverNoteValidator : AbstractValidator<AcknowledgeHandoverNote>
{
    public AcknowledgeHandoverNoteValidator()
    {
        RuleFor(note => note.At!.Value).IsTime().When(note => note.At is not null);
        RuleFor(note => note.DeviceTime!.Value).IsTime().When(note => note.DeviceTime is not null);
    }
}

static class AcknowledgeHandoverNoteEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/handover-notes/{id:guid}/acknowledge", Handle)
            .Named("acknowledgeHandoverNote", "Say that the next shift knows of a note")
            .RequireAuthorization(Permissions.ReportEquipment);

    static async Task<Ok<HandoverNoteView>> Handle(
        Guid id, AcknowledgeHandoverNote request, EquipmentDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        // SQL: a row lock, so that of two the first acknowledges it
        var note = await db.HandoverNotes.FromSql($"SELECT * FROM handover_note WHERE id = {id} FOR UPDATE")
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("handover-note", id);
        await caller.MustServeCenter(note.WorkCenter, db, ct);
        note.Acknowledge(caller.PersonId(), caller.Name,
            DeviceClock.PutRightUntilNow(request.At, request.DeviceTime, clock.GetUtcNow()));
        return TypedResults.Ok(HandoverNoteView.Of(note));
    }
}
