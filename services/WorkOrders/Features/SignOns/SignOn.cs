using FluentValidation;
using Mes.Hosting.Commands;
using Mes.Hosting;
using Mes.Hosting.Auth;
using Mes.Hosting.Problems;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features;

/// <summary>Signs an operator on at a station.</summary>
/// <param name="Operator">Code of the operator.</param>
/// <param name="Station">Where: a work center or terminal.</param>
/// <param name="At">Since when, UTC; now where none is given. An entry made offline gives its own time.</param>
public sealed record SignOnOperator(string Operator, string Station, DateTimeOffset? At = null);

/// <summary>Signs an operator off.</summary>
/// <param name="At">When, UTC; now where none is given.</param>
public sealed record SignOffOperator(DateTimeOffset? At = null);

sealed class SignOnOperatorValidator : AbstractValidator<SignOnOperator>
{
    public SignOnOperatorValidator()
    {
        RuleFor(signOn => signOn.Operator).IsCode();
        RuleFor(signOn => signOn.Station).IsCode();
        RuleFor(signOn => signOn.At!.Value).IsTime().When(signOn => signOn.At is not null);
    }
}

sealed class SignOffOperatorValidator : AbstractValidator<SignOffOperator>
{
    public SignOffOperatorValidator() => RuleFor(signOff => signOff.At!.Value).IsTime().When(signOff => signOff.At is not null);
}

static class SignOnEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/sign-ons", On).RequireAuthorization(Permissions.SignOn);
        api.MapPost("/sign-ons/{id:guid}/sign-off", Off).RequireAuthorization(Permissions.SignOn);
        api.MapGet("/sign-ons", Present).RequireAuthorization(Permissions.ReadWorkOrders);
    }

    static async Task<Ok<SignOn>> On(
        SignOnOperator request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, WorkOrdersDb db, TimeProvider clock,
        CancellationToken ct)
    {
        if (!await db.Operators.AnyAsync(person => person.Code == request.Operator, ct))
        {
            throw new RuleViolation("operator-not-found", "No operator has this code. Check the badge.", ("operator", request.Operator));
        }
        var signOn = new SignOn
        {
            Id = commandId, Operator = request.Operator, Station = request.Station,
            SignedOnAt = SignOn.TimeOf(request.At, clock.GetUtcNow())
        };
        db.SignOns.Add(signOn);
        return TypedResults.Ok(signOn);
    }

    static async Task<Ok<SignOn>> Off(
        Guid id, SignOffOperator request, WorkOrdersDb db, TimeProvider clock, CancellationToken ct)
    {
        var signOn = await db.SignOns.FromSql($"SELECT * FROM sign_on WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct)
            ?? throw RuleViolation.NotFound("sign-on", id);
        signOn.SignOff(SignOn.TimeOf(request.At, clock.GetUtcNow()));
        return TypedResults.Ok(signOn);
    }

    static async Task<Page<SignOn>> Present(
        WorkOrdersDb db, Code? station, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        var rows = await db.SignOns.AsNoTracking()
            .Where(s => s.Id > after && s.SignedOffAt == null && (station == null || s.Station == station))
            .OrderBy(s => s.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows, page.Size, signOn => signOn.Id.ToString());
    }
}
