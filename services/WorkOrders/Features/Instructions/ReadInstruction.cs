using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Instructions;

/// <summary>
/// Keeps that a revision of an instruction was shown to an operator, and what they said to it. Of each the first time is kept.
/// </summary>
/// <param name="SignOnId">The operator's sign-on: the caller's own, except where the caller may act for others.</param>
/// <param name="Revision">The revision that was shown.</param>
/// <param name="Reading">What the operator did.</param>
/// <param name="Signature">The operator's signature by PIN, as Identity makes it; only where they sign.</param>
/// <param name="At">When; now where none is given.</param>
/// <param name="DeviceTime">The device's clock when it sent this.</param>
public sealed record ReadInstruction(
    Guid SignOnId, int Revision, Reading Reading, string? Signature = null, DateTimeOffset? At = null,
    [property: NotContent] DateTimeOffset? DeviceTime = null);

sealed class ReadInstructionValidator : AbstractValidator<ReadInstruction>
{
    public ReadInstructionValidator()
    {
        RuleFor(reading => reading.SignOnId).NotEmpty().WithMessage("Name the sign-on.");
        RuleFor(reading => reading.Revision).GreaterThan(0).WithMessage("Name the revision that was shown.");
        RuleFor(reading => reading.Reading).IsInEnum();
        RuleFor(reading => reading.Signature).Null().When(reading => reading.Reading != Reading.Signed)
            .WithMessage("Send a signature only where the operator signs.");
        RuleFor(reading => reading.Signature).NotEmpty().When(reading => reading.Reading == Reading.Signed)
            .WithMessage("Sign with the PIN first.").MaximumLength(PinSignatures.CharactersMax)
            .WithMessage("Use at most 2000 characters.");
        RuleFor(reading => reading.At!.Value).IsTime().When(reading => reading.At is not null);
        RuleFor(reading => reading.DeviceTime!.Value).IsTime().When(reading => reading.DeviceTime is not null);
    }
}

static class ReadInstructionEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/operations/{id:guid}/instruction/readings", Handle)
            .Named("readInstruction", "Keep that an instruction was shown to an operator")
            .RequireAuthorization(Permissions.ReportProduction);

    static async Task<Ok<ReadingView>> Handle(
        Guid id, ReadInstruction request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, WorkOrdersDb db,
        Caller caller, PinSignatures signatures, TimeProvider clock, CancellationToken ct)
    {
        var order = await db.LockOrderOf(id, ct) ?? throw RuleViolation.NotFound("operation", id);
        var operation = await db.Operations.AsNoTracking().SingleAsync(one => one.Id == id, ct);
        var signOn = await db.SignOns.AsNoTracking().SingleOrDefaultAsync(one => one.Id == request.SignOnId, ct)
            ?? throw new RuleViolation("sign-on-not-found", "Sign the operator on first.", ("signOnId", request.SignOnId));
        caller.MustServe(operation.Equipment);
        db.ActAs(caller, signOn.Operator);
        var now = clock.GetUtcNow();
        var at = DeviceClock.PutRightUntilNow(request.At, request.DeviceTime, now);
        signOn.MustCover(at);
        if (!await db.Instructions.AnyAsync(one => one.Routing == order.RoutingCode && one.Operation == operation.Code
            && one.Revision == request.Revision, ct))
        {
            throw RuleViolation.NotFound("instruction", request.Revision, "revision");
        }
        if (request.Reading == Reading.Signed)
        {
            signatures.MustBe(request.Signature, signOn.Operator, InstructionReading.SubjectOf(id, request.Revision));
        }
        var reading = await db.InstructionReadings.AsNoTracking().SingleOrDefaultAsync(one => one.OperationId == id
            && one.Operator == signOn.Operator && one.Revision == request.Revision && one.Reading == request.Reading, ct)
            ?? db.InstructionReadings.Add(new InstructionReading
            {
                Id = commandId, OrderId = order.Id, OperationId = id, Routing = order.RoutingCode, Operation = operation.Code,
                Revision = request.Revision, Operator = signOn.Operator, Reading = request.Reading, At = at
            }).Entity;
        return TypedResults.Ok(ReadingView.Of(reading, order.Number));
    }
}
